package io.quarkiverse.openai.batch.runtime.config;

import java.math.BigDecimal;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** The prices of a model's tokens. */
@ConfigGroup
public interface PriceRuntimeConfig {

    /**
     * The price of a million prompt tokens, in any currency.
     */
    @WithDefault("0")
    BigDecimal input();

    /**
     * The price of a million answer tokens, in the same currency.
     */
    @WithDefault("0")
    BigDecimal output();
}
