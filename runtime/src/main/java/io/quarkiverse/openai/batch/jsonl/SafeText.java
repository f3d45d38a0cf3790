package io.quarkiverse.openai.batch.jsonl;

/** Makes text from outside safe for a log, a message or a terminal. */
public final class SafeText {

    private static final int MAX_LENGTH = 200;

    private SafeText() {
    }

    /**
     * At most 200 characters of a text, as {@link #of(String, int)}.
     *
     * @param text may be null
     */
    public static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    /**
     * A text on one line: each control or format character, line separator and half of a surrogate pair becomes a space. A
     * longer text is cut, and ends with "…".
     *
     * @param text may be null, which becomes an empty text
     * @param length maximum number of characters
     */
    public static String of(String text, int length) {
        if (text == null) {
            return "";
        }
        StringBuilder safe = new StringBuilder(Math.min(text.length(), length + 2));
        text.codePoints().limit(length).map(c -> isPrintable(c) ? c : ' ').forEach(safe::appendCodePoint);
        return safe.length() < text.length() ? safe + "…" : safe.toString();
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
