package io.quarkiverse.openai.batch.deployment;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;

/** The route of the webhooks, in applications with an HTTP server. */
public class WebhookProcessor {

    private static final String PACKAGE = "io.quarkiverse.openai.batch.runtime.webhook.";
    private static final String PERMISSION = "quarkus.http.auth.permission.openai-batch-webhook.";
    private static final String PATH = "quarkus.openai-batch.webhook.path";
    private static final String DEFAULT_PATH = "/openai-batch/webhook";

    @BuildStep
    void route(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (capabilities.isPresent(Capability.VERTX_HTTP)) {
            beans.produce(AdditionalBeanBuildItem.builder().setUnremovable()
                    .addBeanClasses(PACKAGE + "WebhookRoute", PACKAGE + "Webhooks").build());
        } else {
            excluded.produce(new ExcludedTypeBuildItem(PACKAGE + "*"));
        }
    }

    /** A provider has no account here: its signature is checked instead, on this path alone. */
    @BuildStep
    void permission(Capabilities capabilities, BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (capabilities.isPresent(Capability.VERTX_HTTP)) {
            defaults.produce(new RunTimeConfigurationDefaultBuildItem(PERMISSION + "paths",
                    root() + "${" + PATH + ":" + DEFAULT_PATH + "}"));
            defaults.produce(new RunTimeConfigurationDefaultBuildItem(PERMISSION + "policy", "permit"));
        }
    }

    /** The path that providers call, as it is configured while the application is built. */
    public static String path() {
        return root() + ConfigProvider.getConfig().getOptionalValue(PATH, String.class).orElse(DEFAULT_PATH);
    }

    /** Without a slash at its end. */
    private static String root() {
        String root = ConfigProvider.getConfig().getOptionalValue("quarkus.http.root-path", String.class).orElse("/");
        return root.replaceAll("/+$", "");
    }
}
