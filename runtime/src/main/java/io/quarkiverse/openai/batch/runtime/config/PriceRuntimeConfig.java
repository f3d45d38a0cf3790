package io.quarkiverse.openai.batch.runtime.config;

import java.math.BigDecimal;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;

/** The prices of a model's tokens in batches, in any currency. */
@ConfigGroup
public interface PriceRuntimeConfig {

    /**
     * The price of a million prompt tokens.
     */
    BigDecimal input();

    /**
     * The price of a million prompt tokens that the provider has in its cache.
     */
    @ConfigDocDefault("the price of other prompt tokens")
    Optional<BigDecimal> cachedInput();

    /**
     * The price of a million answer tokens. Without it, the cost of a job whose answers have tokens is not known.
     */
    @ConfigDocDefault("none, as for embeddings")
    Optional<BigDecimal> output();

    /**
     * The prices of all tokens of a request whose prompt is long.
     */
    Optional<LongPromptConfig> longPrompt();

    /** The prices of all tokens of a request whose prompt is long. */
    @ConfigGroup
    interface LongPromptConfig {

        /**
         * The number of tokens that a long prompt has more than.
         */
        long above();

        /**
         * The price of a million prompt tokens.
         */
        BigDecimal input();

        /**
         * The price of a million prompt tokens that the provider has in its cache.
         */
        @ConfigDocDefault("the price of other prompt tokens")
        Optional<BigDecimal> cachedInput();

        /**
         * The price of a million answer tokens.
         */
        @ConfigDocDefault("none, as for embeddings")
        Optional<BigDecimal> output();
    }
}
