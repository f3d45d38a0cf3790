package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/**
 * What tokens cost when they are used in batches: a price for 1,000,000 tokens of prompts and one for 1,000,000 tokens of
 * answers, a model. All are in the same currency, which is the user's. Immutable.
 * <p>
 * The prices of a configured client are those of its keys {@code jobs.prices."model".input} and {@code .output}.
 */
public final class Prices {

    private static final Prices NONE = new Prices(Map.of());
    private static final int MILLION_DIGITS = 6;
    private static final int DECIMALS = 6;

    private final Map<String, Price> ofModels;

    private Prices(Map<String, Price> ofModels) {
        this.ofModels = Map.copyOf(ofModels);
    }

    private record Price(BigDecimal input, BigDecimal output) {
    }

    /** No model has a price. */
    public static Prices none() {
        return NONE;
    }

    /**
     * With the prices of one more model, or with other prices of a model that has some.
     *
     * @param model its name, as in requests
     * @param input the price of 1,000,000 tokens of prompts, 0 or more
     * @param output the price of 1,000,000 tokens of answers, 0 or more
     * @throws IllegalArgumentException if a price is less than 0
     */
    public Prices withModel(String model, BigDecimal input, BigDecimal output) {
        if (input.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("A price must be 0 or more, but is %s for prompts and %s for answers of model %s"
                    .formatted(input, output, model));
        }
        return withAll(new Prices(Map.of(model, new Price(input, output))));
    }

    /** With other prices too, which replace those of the same models. */
    public Prices withAll(Prices others) {
        Map<String, Price> all = new HashMap<>(ofModels);
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
     * What tokens of a model cost, rounded to six decimals; null if the model has no price.
     *
     * @param model may be null, for requests that name no model
     */
    public BigDecimal cost(String model, long promptTokens, long answerTokens) {
        if (!has(model)) {
            return null;
        }
        Price price = ofModels.get(model);
        return price.input().multiply(BigDecimal.valueOf(promptTokens))
                .add(price.output().multiply(BigDecimal.valueOf(answerTokens)))
                .movePointLeft(MILLION_DIGITS).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
