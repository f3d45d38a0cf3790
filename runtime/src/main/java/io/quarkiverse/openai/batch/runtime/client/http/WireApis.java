package io.quarkiverse.openai.batch.runtime.client.http;

import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.rest.client.reactive.runtime.RestClientCDIDelegateBuilder;

/** Makes the REST clients under the clients. */
public final class WireApis {

    private static final String CONFIG_KEY = "openai-batch";

    private WireApis() {
    }

    /** The default client's, with all that {@code quarkus.rest-client.openai-batch.*} says. */
    public static WireApi ofDefaultClient(ClientSettings settings) {
        return WireApiListener.configuring(settings,
                () -> RestClientCDIDelegateBuilder.createDelegate(WireApi.class, settings.baseUrl().toString(), CONFIG_KEY));
    }

    /** A named or built client's, which the REST client's own configuration does not know. */
    public static WireApi of(ClientSettings settings) {
        return WireApiListener.configuring(settings,
                () -> QuarkusRestClientBuilder.newBuilder().baseUri(settings.baseUrl()).build(WireApi.class));
    }
}
