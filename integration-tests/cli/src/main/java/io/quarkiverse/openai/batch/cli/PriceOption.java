package io.quarkiverse.openai.batch.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.openai.batch.job.Prices;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What tokens cost. */
class PriceOption {

    @Option(names = "--price", paramLabel = "MODEL=INPUT/OUTPUT", converter = Text.class, description = {
            "What a million tokens of a model's prompts and of its answers cost in batches, once for each model, such as",
            "gpt-6-luna=0.05/0.25. It has precedence over the configured price." })
    List<ModelPrice> ofModels = List.of();

    /** Those that are given; of two for a model the last one. */
    Prices prices() {
        Prices prices = Prices.none();
        for (ModelPrice price : ofModels) {
            prices = prices.withModel(price.model(), price.input(), price.output());
        }
        return prices;
    }

    record ModelPrice(String model, BigDecimal input, BigDecimal output) {
    }

    static class Text implements ITypeConverter<ModelPrice> {

        private static final Pattern PRICE = Pattern.compile("(.+)=(\\d+(?:\\.\\d+)?)/(\\d+(?:\\.\\d+)?)");

        @Override
        public ModelPrice convert(String text) {
            Matcher price = PRICE.matcher(text);
            if (!price.matches()) {
                throw new TypeConversionException("not MODEL=INPUT/OUTPUT, such as gpt-6-luna=0.05/0.25: " + text);
            }
            return new ModelPrice(price.group(1), new BigDecimal(price.group(2)), new BigDecimal(price.group(3)));
        }
    }
}
