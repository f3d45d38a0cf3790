package io.quarkiverse.openai.batch.runtime.config;

import java.math.BigDecimal;

import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** What tokens of a model cost. */
@ConfigGroup
public interface PriceRuntimeConfig {

    /**
     * The price of a million tokens of prompts, in any currency.
     */
    @WithDefault("0")
    BigDecimal input();

    /**
     * The price of a million tokens of answers, in the same currency.
     */
    @WithDefault("0")
    BigDecimal output();
}
