package io.quarkiverse.openai.batch.endurance.process;

/**
 * How the source and the handler of a process behave. It is passed as text.
 *
 * @param source what the source does once, at a line
 * @param sourceLine that line
 * @param handler what the handler does once, at each line whose number ends with two zeros
 * @param outlivesClose whether the handler, at one line, closes the runner and returns when the next one runs
 */
public record UserCode(Misdeed source, int sourceLine, Misdeed handler, boolean outlivesClose) {

    /** A handler fails now and then. */
    public static final UserCode USUAL = new UserCode(Misdeed.NONE, 0, Misdeed.EXCEPTION, false);

    static UserCode parse(String text) {
        String[] parts = text.split(",");
        return new UserCode(Misdeed.valueOf(parts[0]), Integer.parseInt(parts[1]), Misdeed.valueOf(parts[2]),
                Boolean.parseBoolean(parts[3]));
    }

    @Override
    public String toString() {
        return String.join(",", source.name(), Integer.toString(sourceLine), handler.name(), Boolean.toString(outlivesClose));
    }
}
