package io.quarkiverse.openai.batch.jsonl;

/**
 * The answer of one of the five endpoints with a type of their own. Whatever else the answer has, and answers of other
 * endpoints, are read with {@link BatchResult#bodyJson()} or {@link BatchResult#bodyAs(Class)}.
 */
public sealed interface ResultBody permits ChatCompletion, ModelResponse, EmbeddingList, TextCompletion, Moderations {

    /** The model that answered; null if not given. */
    String model();
}
