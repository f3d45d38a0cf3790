package io.quarkiverse.openai.batch.cli.progress;

import java.io.Console;

public final class Terminal {

    private Terminal() {
    }

    /** Since Java 22 there is a console without a terminal too, and a method that tells them apart. */
    public static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
