package io.quarkiverse.openai.batch.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.inject.Instance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.AuthProvider;
import io.quarkiverse.openai.batch.runtime.app.KeySource;
import io.quarkiverse.openai.batch.runtime.app.SettingsReader;
import io.quarkiverse.openai.batch.runtime.client.http.KeyHeader;
import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.Credentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;

class KeysGoOnlyWhereTheyAreMeantForTest {

    private static final Map<String, String> VARIABLES = Map.of("OPENAI_API_KEY", "of openai", "AZURE_OPENAI_API_KEY",
            "of azure", "ORQ_API_KEY", "of orq", "GROQ_API_KEY", "of groq", "TOGETHER_API_KEY", "of together",
            "DASHSCOPE_API_KEY", "of dashscope", "LITELLM_API_KEY", "of litellm", "ZHIPUAI_API_KEY", "of zhipu",
            "MOONSHOT_API_KEY", "of moonshot", "NEBIUS_API_KEY", "of nebius");

    @ParameterizedTest
    @CsvSource({
            "https://api.openai.com/v1, , of openai",
            "https://api.openai.com:8443/v1, , of openai",
            "https://API.OpenAI.com/v1, , of openai",
            "https://api.openai.com.evil.example/v1, ,",
            "https://evil-api.openai.com/v1, ,",
            "https://eu.api.openai.com/v1, ,",
            "https://proxy.example/v1, ,",
            "https://proxy.example/v1, openai,",
            "https://api.groq.com/openai/v1, , of groq",
            "https://api.groq.com/openai/v1, openai,",
            "https://api.openai.com/v1, groq,",
            "https://me.openai.azure.com/openai/v1, , of azure",
            "https://me.openai.azure.com/openai, , of azure",
            "https://openai.azure.com.example/openai/v1, ,",
            "https://my.orq.ai/v3/router, , of orq",
            "https://api.orq.ai/v2, , of orq",
            "https://api.together.ai/v1, , of together",
            "https://dashscope-intl.aliyuncs.com/compatible-mode/v1, , of dashscope",
            "https://bucket.oss-cn-hangzhou.aliyuncs.com/compatible-mode/v1, ,",
            "https://open.bigmodel.cn/api/paas/v4, , of zhipu",
            "https://api.moonshot.cn/v1, , of moonshot",
            "https://api.studio.nebius.com/v1, , of nebius",
            "https://gateway.example, litellm, of litellm",
            "http://localhost:4000, litellm, of litellm" })
    void aVariableIsForItsOwnProviderOnly(String baseUrl, String provider, String key) {
        assertThat(key(client(baseUrl, provider == null ? Map.of() : Map.of("provider", provider))))
                .isEqualTo(Optional.ofNullable(key));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://localhost:8080/v1", "http://127.0.0.1/v1", "http://127.1.2.3/v1", "http://[::1]:80/v1",
            "HTTPS://proxy.example/v1", "https://proxy.example" })
    void aKeyGoesOverHttpsAndOnThisMachine(String baseUrl) {
        assertThat(header(client(baseUrl, Map.of("api-key", "secret")), Map.of()))
                .contains(Map.entry("Authorization", "Bearer secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://proxy.example/v1", "http://localhost.example/v1", "http://127.0.0.1.example/v1",
            "http://10.0.0.1/v1", "http://api.openai.com/v1", "http://[::2]/v1", "http://0.0.0.0/v1" })
    void aKeyDoesNotGoInTheClearToAnotherMachine(String baseUrl) {
        assertThatThrownBy(() -> header(client(baseUrl, Map.of("api-key", "secret")), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("would go unencrypted").hasMessageNotContaining("secret");
        for (String name : new String[] { "authorization", "API-Key", "X-Api-Key", "Cookie", "Proxy-Authorization" }) {
            assertThatThrownBy(() -> header(client(baseUrl, Map.of()), Map.of(name, "secret"))).as(name)
                    .isInstanceOf(ConfigurationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "my secret", "secret\u00e9", "export KEY=secret", "secret\nsecret", "secret\u200b" })
    void whatIsNoKeyIsNotSent(String key) {
        assertThatThrownBy(() -> header(client("https://proxy.example/v1", Map.of("api-key", key)), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The key of client c comes from quarkus.openai-batch.\"c\".api-key")
                .hasMessageContaining("has a space or a character beyond ASCII").hasMessageNotContaining("secret");
    }

    @Test
    void aHeaderOfTheCallTakesThePlaceOfTheKey() {
        assertThat(header(client("https://proxy.example", Map.of("api-key", "secret")), Map.of("authorization", "Basic x")))
                .isEmpty();
    }

    @Test
    void azureTakesATokenOrAKey() {
        String azure = "https://me.openai.azure.com/openai/v1";
        assertThat(header(client(azure, Map.of("api-key", "k")), Map.of())).contains(Map.entry("api-key", "k"));
        assertThat(header(client(azure, Map.of("api-key", "k", "auth.header", "Authorization")), Map.of()))
                .contains(Map.entry("Authorization", "Bearer k"));
        assertThat(header(client(azure, Map.of("api-key", "k", "auth.header", "X-Key", "auth.scheme", "Token")), Map.of()))
                .contains(Map.entry("X-Key", "Token k"));
    }

    private record Configured(ClientSettings settings, Credentials credentials) {
    }

    private static Configured client(String baseUrl, Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(VARIABLES);
        properties.put("quarkus.openai-batch.\"c\".base-url", baseUrl);
        settings.forEach((key, value) -> properties.put("quarkus.openai-batch.\"c\"." + key, value));
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters()
                .withMapping(OpenAiBatchRuntimeConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 500)).build();
        var client = config.getConfigMapping(OpenAiBatchRuntimeConfig.class).clients().get("c");
        ClientSettings read = new SettingsReader("c", client, Optional.empty()).read();
        return new Configured(read, new KeySource(noBeans(), config).of(read, client));
    }

    private static Optional<String> key(Configured client) {
        return Optional.ofNullable(awaited(client.credentials().key("host", false)));
    }

    private static Optional<Map.Entry<String, String>> header(Configured client, Map<String, String> headers) {
        return awaited(new KeyHeader(client.settings(), client.credentials()).forRequest(headers, false));
    }

    private static <T> T awaited(CompletionStage<T> stage) {
        return Uni.createFrom().completionStage(stage).await().indefinitely();
    }

    @SuppressWarnings("unchecked")
    private static Instance<AuthProvider> noBeans() {
        return (Instance<AuthProvider>) Proxy.newProxyInstance(Instance.class.getClassLoader(),
                new Class<?>[] { Instance.class },
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? Boolean.FALSE : proxy);
    }
}
