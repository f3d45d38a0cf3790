package io.quarkiverse.openai.batch;

/**
 * A provider whose Batch API is compatible with OpenAI's; it presets what a client sends.
 */
public enum Provider {
    OPENAI,
    /** Azure OpenAI, v1 API: base URL {@code https://RESOURCE.openai.azure.com/openai/v1}. */
    AZURE,
    /** Azure OpenAI with an {@code api-version}: base URL {@code https://RESOURCE.openai.azure.com/openai}. */
    AZURE_LEGACY,
    ORQ,
    GROQ,
    TOGETHER,
    DEEPINFRA,
    NEBIUS,
    ZHIPU,
    MOONSHOT,
    DASHSCOPE,
    LITELLM,
    LLM_D,
    /** Anything else: OpenAI's rules, but no default base URL, no environment variable, and no key needed. */
    OTHER
}
