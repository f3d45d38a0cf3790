package io.quarkiverse.openai.batch.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** The name of a client, once a name, that the application injects or configures. */
public final class ClientNameBuildItem extends MultiBuildItem {

    private final String name;

    public ClientNameBuildItem(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }
}
