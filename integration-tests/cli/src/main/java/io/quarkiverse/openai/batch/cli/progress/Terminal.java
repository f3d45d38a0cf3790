package io.quarkiverse.openai.batch.cli.progress;

import java.io.Console;

import picocli.CommandLine.Model.UsageMessageSpec;

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

    /**
     * How many columns it has; 80 if that is not known. The library of the progress bar would ask JLine, which takes the signal
     * of Ctrl-C away from the process: it would end at once, without a word and without its shutdown.
     */
    static int width() {
        return new UsageMessageSpec().autoWidth(true).width();
    }
}
