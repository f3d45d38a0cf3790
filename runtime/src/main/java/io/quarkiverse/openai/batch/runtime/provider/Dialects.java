package io.quarkiverse.openai.batch.runtime.provider;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.jsonl.LineLimits;

/** The presets of the known providers, as their documentation describes them (2026-08). */
public final class Dialects {

    private Dialects() {
    }

    public static Dialect of(Provider provider) {
        return preset(provider, Dialect.builder(provider)).build();
    }

    private static DialectBuilder preset(Provider provider, DialectBuilder dialect) {
        return switch (provider) {
            case OPENAI -> dialect.baseUrl("https://api.openai.com/v1").key("OPENAI_API_KEY", "api.openai.com");
            case AZURE -> azure(dialect);
            case AZURE_LEGACY -> azure(dialect).query(Map.of("api-version", "2024-10-21"));
            case ORQ -> dialect.baseUrl("https://my.orq.ai/v3/router").key("ORQ_API_KEY", "my.orq.ai", "api.orq.ai");
            case GROQ -> dialect.baseUrl("https://api.groq.com/openai/v1").key("GROQ_API_KEY", "api.groq.com")
                    .cursorPaging();
            case TOGETHER -> dialect.baseUrl("https://api.together.xyz/v1")
                    .key("TOGETHER_API_KEY", "api.together.xyz", "api.together.ai")
                    .uploads("/files/upload", true).purpose("batch-api").submissionIds(false)
                    .limits(LineLimits.OPENAI.withBytes(100L << 20).withCustomIdLength(64));
            case DEEPINFRA -> dialect.baseUrl("https://api.deepinfra.com/v1/openai")
                    .key("DEEPINFRA_API_KEY", "api.deepinfra.com");
            case NEBIUS -> dialect.baseUrl("https://api.tokenfactory.nebius.com/v1")
                    .key("NEBIUS_API_KEY", "api.tokenfactory.nebius.com", "api.studio.nebius.com")
                    .limits(LineLimits.OPENAI.withRequests(5_000_000).withBytes(10L << 30));
            case ZHIPU -> dialect.baseUrl("https://open.bigmodel.cn/api/paas/v4").key("ZHIPUAI_API_KEY", "open.bigmodel.cn")
                    .completionWindow("")
                    .limits(LineLimits.OPENAI.withBytes(100L << 20).withEmbeddingInputs(10_000).withCustomIdLength(64));
            case MOONSHOT -> dialect.baseUrl("https://api.moonshot.cn/v1").key("MOONSHOT_API_KEY", "api.moonshot.cn");
            case DASHSCOPE -> dialect.baseUrl("https://dashscope.aliyuncs.com/compatible-mode/v1")
                    .key("DASHSCOPE_API_KEY", "dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com", ".maas.aliyuncs.com");
            case LITELLM -> dialect.optionalKey("LITELLM_API_KEY");
            case LLM_D -> dialect.optionalKey("LLM_D_API_KEY").limits(LineLimits.OPENAI.withOneModel(false));
            case OTHER -> dialect;
        };
    }

    /**
     * The dialect of a provider's API at a URL: Azure's URLs end in {@code /openai/v1}, formerly {@code /openai}; orq's in
     * {@code /v3/router}, formerly {@code /v2}.
     *
     * @param provider empty for the one whose host the URL has, {@link Provider#OTHER} if it is none of the known ones
     * @param baseUrl empty for the provider's own
     */
    public static Dialect of(Optional<Provider> provider, Optional<URI> baseUrl) {
        Provider known = provider.orElseGet(() -> baseUrl.map(Dialects::providerAt).orElse(Provider.OPENAI));
        String path = baseUrl.map(URI::getPath).orElse("");
        if (known == Provider.AZURE && path.endsWith("/openai")) {
            return of(Provider.AZURE_LEGACY);
        }
        return known == Provider.ORQ && path.endsWith("/v2") ? of(known).toBuilder().batchesPath("/proxy/batch").build()
                : of(known);
    }

    private static Provider providerAt(URI url) {
        return Stream.of(Provider.values())
                .filter(provider -> !of(provider).hosts().isEmpty() && of(provider).isMeantFor(url))
                .findFirst().orElse(Provider.OTHER);
    }

    private static DialectBuilder azure(DialectBuilder dialect) {
        return dialect
                .key("AZURE_OPENAI_API_KEY", ".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com")
                .auth("api-key", "").dottedExpiry().limits(LineLimits.OPENAI.withRequests(100_000));
    }
}
