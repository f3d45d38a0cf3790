package io.quarkiverse.openai.batch.cli;

/** Text from outside, fit for a terminal: one line, no control characters, not too long. */
public final class PlainText {

    private static final int LENGTH = 300;

    private PlainText() {
    }

    /** An empty text for null. */
    public static String of(String text) {
        String plain = text == null ? "" : text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
        return plain.length() <= LENGTH ? plain : plain.substring(0, LENGTH) + "…";
    }
}
