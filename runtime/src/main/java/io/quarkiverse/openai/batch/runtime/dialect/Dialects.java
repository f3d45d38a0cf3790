package io.quarkiverse.openai.batch.runtime.dialect;

import java.net.URI;
import java.util.Map;

import io.quarkiverse.openai.batch.Provider;

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
                    .purpose("batch-api").limits(Limits.OPENAI.withBytes(100L << 20));
            case DEEPINFRA -> dialect.baseUrl("https://api.deepinfra.com/v1/openai")
                    .key("DEEPINFRA_API_KEY", "api.deepinfra.com");
            case NEBIUS -> dialect.baseUrl("https://api.tokenfactory.nebius.com/v1")
                    .key("NEBIUS_API_KEY", "api.tokenfactory.nebius.com", "api.studio.nebius.com")
                    .limits(Limits.OPENAI.withRequests(5_000_000).withBytes(10L << 30));
            case ZHIPU -> dialect.baseUrl("https://open.bigmodel.cn/api/paas/v4").key("ZHIPUAI_API_KEY", "open.bigmodel.cn")
                    .completionWindow("");
            case MOONSHOT -> dialect.baseUrl("https://api.moonshot.cn/v1").key("MOONSHOT_API_KEY", "api.moonshot.cn");
            case DASHSCOPE -> dialect.baseUrl("https://dashscope.aliyuncs.com/compatible-mode/v1")
                    .key("DASHSCOPE_API_KEY", ".aliyuncs.com");
            case LITELLM -> dialect.optionalKey("LITELLM_API_KEY");
            case LLM_D -> dialect.optionalKey("LLM_D_API_KEY");
            case OTHER -> dialect;
        };
    }

    /** The dialect of the provider that a host belongs to; that of {@link Provider#OTHER} if it is none of the known ones. */
    public static Dialect ofHost(URI baseUrl) {
        for (Provider provider : Provider.values()) {
            Dialect dialect = of(provider);
            if (!dialect.hosts().isEmpty() && dialect.isMeantFor(baseUrl)) {
                return dialect;
            }
        }
        return of(Provider.OTHER);
    }

    private static DialectBuilder azure(DialectBuilder dialect) {
        return dialect
                .key("AZURE_OPENAI_API_KEY", ".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com")
                .auth("api-key", "").dottedExpiry().limits(Limits.OPENAI.withRequests(100_000));
    }
}
