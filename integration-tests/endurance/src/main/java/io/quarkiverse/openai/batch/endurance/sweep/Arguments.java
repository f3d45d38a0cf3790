package io.quarkiverse.openai.batch.endurance.sweep;

import java.util.Arrays;

/** Arguments of the form {@code name=value}. */
public final class Arguments {

    private final String[] arguments;

    public Arguments(String... arguments) {
        this.arguments = arguments;
    }

    public String text(String name, String otherwise) {
        return Arrays.stream(arguments).filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1)).findFirst().orElse(otherwise);
    }

    public long number(String name, long otherwise) {
        return Long.parseLong(text(name, Long.toString(otherwise)));
    }
}
