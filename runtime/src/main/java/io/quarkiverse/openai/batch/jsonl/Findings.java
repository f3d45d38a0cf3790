package io.quarkiverse.openai.batch.jsonl;

/** Takes the rules that a line breaks. */
interface Findings {

    void found(Rule rule, String message);
}
