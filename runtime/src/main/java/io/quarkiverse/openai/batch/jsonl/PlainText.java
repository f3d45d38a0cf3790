package io.quarkiverse.openai.batch.jsonl;

/** Text from outside, fit for a log, a message or a terminal: no control characters, and not longer than told. */
public final class PlainText {

    private PlainText() {
    }

    /**
     * @param text may be null
     * @param length the number of characters at most
     */
    public static String of(String text, int length) {
        if (text == null) {
            return "";
        }
        StringBuilder plain = new StringBuilder(Math.min(text.length(), length));
        for (int i = 0; i < text.length() && plain.length() < length; i++) {
            char c = text.charAt(i);
            plain.append(isControl(c) ? ' ' : c);
        }
        return plain.toString();
    }

    /** Control characters, line separators, and those that turn the direction of text. */
    private static boolean isControl(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
