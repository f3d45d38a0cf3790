package io.quarkiverse.openai.batch.test.client.support;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import java.util.Map;

import com.github.tomakehurst.wiremock.WireMockServer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a WireMock server; {@code wiremock.url} and {@code wiremock.https-url} are where, {@code wiremock.port} its port. */
public class WireMockResource implements QuarkusTestResourceLifecycleManager {

    private WireMockServer server;

    @Override
    public Map<String, String> start() {
        server = new WireMockServer(
                options().dynamicPort().dynamicHttpsPort().bindAddress("127.0.0.1").gzipDisabled(true)
                        .extensions(new SubmissionEcho()));
        server.start();
        return Map.of("wiremock.url", "http://localhost:" + server.port(), "wiremock.https-url",
                "https://localhost:" + server.httpsPort(), "wiremock.port", Integer.toString(server.port()));
    }

    @Override
    public void stop() {
        server.stop();
    }
}
