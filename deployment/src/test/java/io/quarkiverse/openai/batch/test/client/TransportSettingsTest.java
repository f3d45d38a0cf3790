package io.quarkiverse.openai.batch.test.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.FaultyRun;
import io.quarkiverse.openai.batch.test.client.support.FaultyServerResource;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

@QuarkusTestResource(WireMockResource.class)
@QuarkusTestResource(FaultyServerResource.class)
class TransportSettingsTest {

    private static final String REST_CLIENT = "quarkus.rest-client.openai-batch.";
    private static final String NAMED = "quarkus.openai-batch.\"%s\".%s";

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.of()
            .overrideConfigKey("quarkus.tls.stub.trust-all", "true")
            .overrideConfigKey("quarkus.tls.stub.hostname-verification-algorithm", "NONE")
            .overrideRuntimeConfigKey("quarkus.openai-batch.base-url", "https://not.this.one.invalid/v1")
            .overrideRuntimeConfigKey("quarkus.openai-batch.tls-configuration-name", "neither-this-one")
            .overrideRuntimeConfigKey("quarkus.openai-batch.proxy-configuration-name", "nor-this-one")
            .overrideRuntimeConfigKey("quarkus.openai-batch.api-key", "k")
            .overrideRuntimeConfigKey(REST_CLIENT + "url", "${wiremock.https-url}/v1")
            .overrideRuntimeConfigKey(REST_CLIENT + "tls-configuration-name", "stub")
            .overrideRuntimeConfigKey(REST_CLIENT + "proxy-address", "none")
            .overrideRuntimeConfigKey(REST_CLIENT + "user-agent", "my-agent")
            .overrideRuntimeConfigKey(REST_CLIENT + "headers.X-Static", "9")
            .overrideRuntimeConfigKey(REST_CLIENT + "read-timeout", "1")
            .overrideConfigKey("quarkus.proxy.corporate.host", "localhost")
            .overrideRuntimeConfigKey("quarkus.proxy.corporate.port", "${faulty.port}")
            .overrideRuntimeConfigKey(NAMED.formatted("trusting", "base-url"), "${wiremock.https-url}/v1")
            .overrideRuntimeConfigKey(NAMED.formatted("trusting", "tls-configuration-name"), "stub")
            .overrideRuntimeConfigKey(NAMED.formatted("trusting", "http2"), "true")
            .overrideRuntimeConfigKey(NAMED.formatted("strict", "base-url"), "${wiremock.https-url}/v1")
            .overrideRuntimeConfigKey(NAMED.formatted("strict", "retry.strategy"), "none")
            .overrideRuntimeConfigKey(NAMED.formatted("misnamed", "base-url"), "https://localhost/v1")
            .overrideRuntimeConfigKey(NAMED.formatted("misnamed", "tls-configuration-name"), "unknown")
            .overrideRuntimeConfigKey(NAMED.formatted("proxied", "base-url"), "http://batch.example.invalid/v1")
            .overrideRuntimeConfigKey(NAMED.formatted("proxied", "proxy-configuration-name"), "corporate");

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    @BatchClient("trusting")
    BatchService trusting;

    @Inject
    @BatchClient("strict")
    BatchService strict;

    @Inject
    @BatchClient("misnamed")
    BatchService misnamed;

    @Inject
    @BatchClient("proxied")
    BatchService proxied;

    @ConfigProperty(name = "wiremock.port")
    int port;

    @ConfigProperty(name = "wiremock.https-url")
    String httpsUrl;

    @ConfigProperty(name = "faulty.url")
    String faultyUrl;

    private Stub stub;

    @BeforeEach
    void reset() {
        stub = new Stub(port);
        stub.answerAll("{\"id\":\"b\"}");
    }

    @Test
    void theRestClientsOwnSettingsWinForTheDefaultClient() {
        assertThat(batches.retrieveBatch("b").id()).isEqualTo("b");

        LoggedRequest sent = stub.sent("GET", "/v1/batches/b");
        assertThat(sent.getScheme()).isEqualTo("https");
        assertThat(sent.getHeader("User-Agent")).isEqualTo("my-agent");
        assertThat(sent.getHeader("X-Static")).isEqualTo("9");
        assertThat(sent.getHeader("Authorization")).isEqualTo("Bearer k");
    }

    @Test
    void timeOutsAreNotTheRestClients() {
        stub.answerAll(WireMock.okJson("{\"id\":\"b\"}").withFixedDelay(300));

        assertThat(batches.retrieveBatch("b").id()).isEqualTo("b");
    }

    @Test
    void aNamedClientUsesTheTlsRegistryAndHttp2() {
        assertThat(trusting.retrieveBatch("b").id()).isEqualTo("b");

        assertThat(stub.sent("GET", "/v1/batches/b").getProtocol()).isEqualTo("HTTP/2.0");
    }

    @Test
    void aBuiltClientUsesTheTlsRegistryAndHttp2() {
        try (OpenAiBatch client = OpenAiBatch.builder().baseUrl(httpsUrl + "/v1").tlsConfigurationName("stub").http2(true)
                .build()) {
            assertThat(client.batches().retrieveBatch("b").id()).isEqualTo("b");
        }
        assertThat(stub.sent().get(0).getProtocol()).isEqualTo("HTTP/2.0");
    }

    @Test
    void anUntrustedServerIsSentNothing() {
        assertThatThrownBy(() -> strict.retrieveBatch("b")).isInstanceOf(BatchApiException.class)
                .hasMessageContaining("a failed TLS handshake");
        assertThat(stub.sent()).isEmpty();
    }

    @Test
    void anUnknownTlsConfigurationIsNamed() {
        assertThatThrownBy(() -> misnamed.retrieveBatch("b")).hasRootCauseInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.openai-batch.\"misnamed\".tls-configuration-name names \"unknown\"");
    }

    @Test
    void aNamedClientUsesTheProxyRegistry() {
        FaultyRun run = FaultyRun.at(faultyUrl);

        assertThat(proxied.with(run.always("none")).retrieveBatch("b").id()).isEqualTo("batch-1");

        assertThat(run.requests()).isEqualTo(1);
    }

    @Test
    void aBuiltClientUsesTheProxyRegistry() {
        FaultyRun run = FaultyRun.at(faultyUrl);
        try (OpenAiBatch client = OpenAiBatch.builder().provider(Provider.OTHER).baseUrl("http://batch.example.invalid")
                .proxyConfigurationName("corporate").build()) {
            assertThat(client.batches().with(run.always("none")).retrieveBatch("b").id()).isEqualTo("batch-1");
        }
        assertThat(run.requests()).isEqualTo(1);
    }
}
