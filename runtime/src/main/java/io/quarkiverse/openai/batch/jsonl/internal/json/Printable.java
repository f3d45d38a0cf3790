package io.quarkiverse.openai.batch.jsonl.internal.json;

/** Makes text from outside fit for a log or a terminal. */
public final class Printable {

    private static final int MAX_LENGTH = 200;

    private Printable() {
    }

    /** Without control and format characters, and no longer than 200 characters. */
    public static String of(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).map(c -> isPrintable(c) ? c : '?').forEach(printable::appendCodePoint);
        return printable.length() < text.length() ? printable + "…" : printable.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }
}
