package io.quarkiverse.openai.batch.cli.input;

/**
 * What is asked of each text.
 *
 * @param template holds {@code {text}} where the text goes
 */
public record PromptTemplate(String template) {

    private static final String TEXT = "{text}";

    /** The text alone. */
    public static final PromptTemplate TEXT_ALONE = new PromptTemplate(TEXT);

    /**
     * @throws IllegalArgumentException if the template has no place for the text
     */
    public PromptTemplate {
        if (!template.contains(TEXT)) {
            throw new IllegalArgumentException("a prompt needs " + TEXT + " where the text of a line goes");
        }
    }

    String prompt(String text) {
        return template.replace(TEXT, text);
    }
}
