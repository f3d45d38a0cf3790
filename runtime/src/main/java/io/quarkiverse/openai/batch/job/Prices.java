package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.openai.batch.jsonl.Usage;

/**
 * What tokens cost when they are used in batches, a model: prices for 1,000,000 tokens of prompts, of prompts that the provider
 * has in its cache, and of answers; and perhaps others for long prompts. All are in the same currency, which is the user's.
 * Immutable.
 * <p>
 * The prices of a configured client are those of its keys {@code jobs.prices."model"}.
 */
public final class Prices {

    private static final Prices NONE = new Prices(Map.of());
    private static final int MILLION_DIGITS = 6;
    private static final int DECIMALS = 6;

    private final Map<String, Model> ofModels;

    private Prices(Map<String, Model> ofModels) {
        this.ofModels = Map.copyOf(ofModels);
    }

    /**
     * @param longPrompts null if these have no prices of their own
     */
    private record Model(Price normal, long longAbove, Price longPrompts) {
    }

    /**
     * @param output null if it is not known
     */
    private record Price(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {

        private Price checked(String model) {
            if (input.signum() < 0 || cachedInput.signum() < 0 || output != null && output.signum() < 0) {
                throw new IllegalArgumentException(
                        ("A price must be 0 or more, but is %s for prompts, %s for cached ones and %s "
                                + "for answers of model %s").formatted(input, cachedInput, output, model));
            }
            return this;
        }

        /** Null if it is not known. */
        BigDecimal cost(long prompts, long cached, long answers) {
            if (output == null && answers > 0) {
                return null;
            }
            BigDecimal ofAnswers = output == null ? BigDecimal.ZERO : output.multiply(BigDecimal.valueOf(answers));
            return input.multiply(BigDecimal.valueOf(prompts - cached)).add(cachedInput.multiply(BigDecimal.valueOf(cached)))
                    .add(ofAnswers);
        }
    }

    /** No model has a price. */
    public static Prices none() {
        return NONE;
    }

    /** As {@link #withModel(String, BigDecimal, BigDecimal, BigDecimal)}, with cached input at the price of other input. */
    public Prices withModel(String model, BigDecimal input, BigDecimal output) {
        return withModel(model, input, input, output);
    }

    /**
     * With the prices of one more model, or with other prices of a model that has some.
     *
     * @param model its name, as in requests
     * @param input the price of 1,000,000 tokens of prompts, 0 or more
     * @param cachedInput the price of 1,000,000 tokens of prompts that the provider has in its cache, 0 or more
     * @param output the price of 1,000,000 tokens of answers, 0 or more; null for a model whose answers have no tokens, such as
     *        one of embeddings
     * @throws IllegalArgumentException if a price is less than 0
     */
    public Prices withModel(String model, BigDecimal input, BigDecimal cachedInput, BigDecimal output) {
        return with(model, new Model(new Price(input, cachedInput, output).checked(model), Long.MAX_VALUE, null));
    }

    /**
     * With prices of a model for requests with long prompts, which are those of all tokens of such a request.
     *
     * @param model has prices
     * @param above the number of tokens that a long prompt has more than
     * @throws IllegalArgumentException if the model has no price, or a price is less than 0
     */
    public Prices withLongPrompts(String model, long above, BigDecimal input, BigDecimal cachedInput, BigDecimal output) {
        if (!has(model)) {
            throw new IllegalArgumentException("Model %s has no price".formatted(model));
        }
        return with(model, new Model(ofModels.get(model).normal(), above,
                new Price(input, cachedInput, output).checked(model)));
    }

    private Prices with(String model, Model prices) {
        return withAll(new Prices(Map.of(model, prices)));
    }

    /** With other prices too, which replace those of the same models. */
    public Prices withAll(Prices others) {
        Map<String, Model> all = new HashMap<>(ofModels);
        all.putAll(others.ofModels);
        return new Prices(all);
    }

    /**
     * Whether a model has a price.
     *
     * @param model may be null, for requests that name no model
     */
    public boolean has(String model) {
        return model != null && ofModels.containsKey(model);
    }

    /**
     * The number of tokens that a prompt has more than if it is a long one, with prices of its own; {@link Long#MAX_VALUE} if
     * the model has none.
     *
     * @param model may be null, for requests that name no model
     */
    public long longAbove(String model) {
        return has(model) ? ofModels.get(model).longAbove() : Long.MAX_VALUE;
    }

    /**
     * What tokens of a model cost that the provider has not in its cache, in requests without long prompts, rounded to six
     * decimals; null if it is not known.
     *
     * @param model may be null, for requests that name no model
     */
    public BigDecimal cost(String model, long promptTokens, long answerTokens) {
        return cost(model, new Usage(promptTokens, answerTokens, promptTokens + answerTokens, 0, 0), Usage.NONE);
    }

    /**
     * What tokens of a model cost, rounded to six decimals; null if it is not known.
     *
     * @param model may be null, for requests that name no model
     * @param usage all tokens
     * @param ofLongPrompts of these, the tokens of requests with long prompts: see {@link #longAbove}
     */
    public BigDecimal cost(String model, Usage usage, Usage ofLongPrompts) {
        if (!has(model)) {
            return null;
        }
        Model prices = ofModels.get(model);
        Usage apart = prices.longPrompts() == null ? Usage.NONE : ofLongPrompts;
        BigDecimal normal = cost(prices.normal(), usage.minus(apart));
        BigDecimal others = cost(prices.longPrompts(), apart);
        return normal == null || others == null ? null
                : normal.add(others).movePointLeft(MILLION_DIGITS).setScale(DECIMALS, RoundingMode.HALF_UP);
    }

    private static BigDecimal cost(Price price, Usage usage) {
        return usage.totalTokens() == 0 ? BigDecimal.ZERO
                : price.cost(usage.inputTokens(), Math.min(usage.inputTokens(), usage.cachedTokens()), usage.outputTokens());
    }
}
