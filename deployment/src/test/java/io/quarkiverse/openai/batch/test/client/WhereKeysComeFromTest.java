package io.quarkiverse.openai.batch.test.client;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.AuthProvider;
import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.Stub;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.smallrye.mutiny.Uni;

@QuarkusTestResource(WireMockResource.class)
class WhereKeysComeFromTest {

    private static final String NAMED = "quarkus.openai-batch.\"%s\".%s";

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.of(DefaultTokens.class, TokensOfBean.class, Credentials.class)
            .overrideRuntimeConfigKey("quarkus.openai-batch.base-url", "${wiremock.url}")
            .overrideRuntimeConfigKey("quarkus.openai-batch.api-key", "not-this-one")
            .overrideRuntimeConfigKey(NAMED.formatted("bean", "base-url"), "${wiremock.url}")
            .overrideRuntimeConfigKey(NAMED.formatted("bean", "auth.header"), "api-key")
            .overrideRuntimeConfigKey(NAMED.formatted("vault", "base-url"), "${wiremock.url}")
            .overrideRuntimeConfigKey(NAMED.formatted("vault", "credentials-provider"), "openai")
            .overrideRuntimeConfigKey(NAMED.formatted("vault", "credentials-provider-name"), "vault-bean")
            .overrideRuntimeConfigKey(NAMED.formatted("fixed", "base-url"), "${wiremock.url}")
            .overrideRuntimeConfigKey(NAMED.formatted("fixed", "api-key"), "  fixed-key\n");

    @Inject
    BatchService batches;

    @Inject
    ReactiveBatchService reactive;

    @Inject
    @BatchClient("bean")
    BatchService bean;

    @Inject
    @BatchClient("vault")
    BatchService vault;

    @Inject
    @BatchClient("fixed")
    BatchService fixed;

    @Inject
    DefaultTokens tokens;

    @ConfigProperty(name = "wiremock.port")
    int port;

    @ConfigProperty(name = "wiremock.url")
    String url;

    private Stub stub;

    @BeforeEach
    void reset() {
        stub = new Stub(port);
        stub.answerAll("{\"id\":\"b\"}");
        tokens.reset();
    }

    @Test
    void aBeanIsAskedForEachRequest() {
        batches.retrieveBatch("b");
        reactive.retrieveBatch("b").await().indefinitely();

        assertThat(keys()).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(tokens.requests).extracting(AuthProvider.Request::clientName, AuthProvider.Request::host,
                AuthProvider.Request::refused)
                .containsOnly(tuple("<default>", "localhost", false));
    }

    @Test
    void aRefusedTokenIsRenewedOnce() {
        stub.answers(status(401), okJson("{\"id\":\"b\"}"));
        batches.retrieveBatch("b");
        assertThat(keys()).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(tokens.requests).extracting(AuthProvider.Request::refused).containsExactly(false, true);

        stub = new Stub(port);
        stub.answerAll(status(401));
        assertThatThrownBy(() -> batches.retrieveBatch("b")).isInstanceOf(BatchApiException.class)
                .hasMessageContaining("status 401");
        assertThat(stub.sent()).hasSize(2);
    }

    @Test
    void eachAttemptHasItsOwnToken() {
        stub.answers(status(500), okJson("{\"id\":\"b\"}"));

        batches.retrieveBatch("b");

        assertThat(keys()).containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void aNamedClientHasItsOwnBeanAndHeader() {
        bean.retrieveBatch("b");

        assertThat(stub.sent().get(0).getHeader("api-key")).isEqualTo("token of bean");
        assertThat(stub.sent().get(0).header("Authorization").isPresent()).isFalse();
    }

    @Test
    void aCredentialsProviderIsAskedAsynchronouslyForEachRequest() {
        vault.retrieveBatch("b");
        stub.answers(status(401), okJson("{\"id\":\"b\"}"));
        vault.retrieveBatch("b");

        assertThat(keys()).containsExactly("Bearer openai-1", "Bearer openai-2", "Bearer openai-3");
    }

    @Test
    void aFixedKeyIsNotAskedForAgain() {
        stub.answerAll(status(401));

        assertThatThrownBy(() -> fixed.retrieveBatch("b")).isInstanceOf(BatchApiException.class);

        assertThat(keys()).containsExactly("Bearer fixed-key");
    }

    @Test
    void aTokenThatDoesNotComeIsATimeOut() {
        tokens.source = count -> Uni.createFrom().nothing();

        BatchApiException error = catchThrowableOfType(BatchApiException.class, () -> batches
                .with(CallOptions.of().withTimeout(Duration.ofSeconds(1)).withRetry(RetryOptions.none())).retrieveBatch("b"));

        assertThat(error).hasMessageContaining("no answer within 1000 ms");
        assertThat(stub.sent()).isEmpty();
    }

    @Test
    void aTokenThatCannotBeFetchedIsFetchedAgain() {
        tokens.source = count -> count < 3 ? Uni.createFrom().failure(new IOException("down"))
                : Uni.createFrom().item("third");

        batches.retrieveBatch("b");

        assertThat(keys()).containsExactly("Bearer third");
    }

    @Test
    void anErrorOfTheProviderIsTheCallersAsItIs() {
        IllegalStateException broken = new IllegalStateException("no such secret");
        tokens.source = count -> Uni.createFrom().failure(broken);

        assertThatThrownBy(() -> batches.retrieveBatch("b")).isSameAs(broken).hasNoSuppressedExceptions();
    }

    @Test
    void aTokenThatIsNoHeaderIsRefusedWithoutRepeatingIt() {
        tokens.source = count -> Uni.createFrom().item("secret\r\nX-Injected: 1");

        assertThatThrownBy(() -> batches.retrieveBatch("b")).isInstanceOf(ConfigurationException.class)
                .hasMessageNotContainingAny("secret", "Injected");
        assertThat(stub.sent()).isEmpty();
    }

    @Test
    void noTokenIsNeededOnThisMachine() {
        tokens.source = count -> Uni.createFrom().nullItem();

        batches.retrieveBatch("b");

        assertThat(stub.sent().get(0).header("Authorization").isPresent()).isFalse();
    }

    @Test
    void aBuiltClientTakesAProviderToo() {
        try (OpenAiBatch client = OpenAiBatch.builder().baseUrl(url)
                .authProvider(request -> Uni.createFrom().item("token of " + request.clientName())).build()) {
            client.batches().retrieveBatch("b");
        }
        assertThat(keys()).containsExactly("Bearer token of <built>");
    }

    private List<String> keys() {
        return stub.sent().stream().map((LoggedRequest request) -> request.getHeader("Authorization")).toList();
    }

    @Singleton
    public static class DefaultTokens implements AuthProvider {

        final List<Request> requests = new ArrayList<>();
        volatile Function<Integer, Uni<String>> source;

        @Override
        public Uni<String> token(Request request) {
            return Uni.createFrom().deferred(() -> {
                requests.add(request);
                return source.apply(requests.size());
            });
        }

        void reset() {
            requests.clear();
            source = count -> Uni.createFrom().item("token-" + count).onItem().delayIt().by(Duration.ofMillis(10));
        }
    }

    @ApplicationScoped
    @BatchClient("bean")
    public static class TokensOfBean implements AuthProvider {

        @Override
        public Uni<String> token(Request request) {
            return Uni.createFrom().item("token of " + request.clientName());
        }
    }

    @ApplicationScoped
    @Named("vault-bean")
    public static class Credentials implements CredentialsProvider {

        private int count;

        @Override
        public Uni<Map<String, String>> getCredentialsAsync(String name) {
            return Uni.createFrom().item(() -> Map.of(PASSWORD_PROPERTY_NAME, name + "-" + ++count));
        }
    }
}
