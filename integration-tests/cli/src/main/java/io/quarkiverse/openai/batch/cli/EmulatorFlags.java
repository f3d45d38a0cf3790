package io.quarkiverse.openai.batch.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags that replace a provider by the emulator. */
class EmulatorFlags {

    @Option(names = "--emulator", required = true, description = {
            "Run on the embedded emulator instead of a provider. The job goes with it." })
    boolean wanted;

    @Option(names = "--speed", paramLabel = "FACTOR", defaultValue = "100", converter = Speed.class, description = {
            "How fast the emulator is: 1 is like a slow provider (100 lines a second); the default is ${DEFAULT-VALUE}." })
    double speed;

    static class Speed implements ITypeConverter<Double> {

        @Override
        public Double convert(String text) {
            double speed = number(text);
            if (speed > 0 && Double.isFinite(speed)) {
                return speed;
            }
            throw new TypeConversionException("not a positive number: " + text);
        }

        private static double number(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
    }
}
