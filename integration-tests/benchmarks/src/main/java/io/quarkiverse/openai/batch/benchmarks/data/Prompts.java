package io.quarkiverse.openai.batch.benchmarks.data;

/** The prompts of an input file, the same for all contestants. */
public final class Prompts {

    public static final String MODEL = "gpt-6-luna";
    public static final String SYSTEM = "You classify reviews of an online shop. Answer with one word: positive, negative, "
            + "mixed or unclear. Do not explain your answer.";
    public static final int MAX_TOKENS = 400;
    public static final String URL = "/v1/chat/completions";

    private Prompts() {
    }

    public static String customId(int index) {
        return "review-" + index;
    }

    public static String user(int index) {
        return Answers.TEXT.get(index);
    }
}
