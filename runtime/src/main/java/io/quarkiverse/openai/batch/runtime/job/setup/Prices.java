package io.quarkiverse.openai.batch.runtime.job.setup;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * What tokens cost.
 *
 * @param ofModel by the name of the model
 */
public record Prices(Map<String, Price> ofModel) {

    public static final Prices UNKNOWN = new Prices(Map.of());

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final int DIGITS = 6;

    public Prices {
        ofModel = Map.copyOf(ofModel);
    }

    /**
     * @param input of a million tokens of prompts, in batches
     * @param output of a million tokens of answers, in batches
     */
    public record Price(BigDecimal input, BigDecimal output) {
    }

    /** Whether tokens of the model have a price. */
    public boolean has(String model) {
        return model != null && ofModel.containsKey(model);
    }

    /** What these tokens cost; null if the model has no price. */
    public BigDecimal of(String model, double input, double output) {
        if (!has(model)) {
            return null;
        }
        Price price = ofModel.get(model);
        return price.input().multiply(BigDecimal.valueOf(input)).add(price.output().multiply(BigDecimal.valueOf(output)))
                .divide(MILLION, DIGITS, RoundingMode.HALF_UP);
    }
}
