package io.quarkiverse.openai.batch.jsonl.internal.encode;

import io.quarkiverse.openai.batch.jsonl.Rule;

/** Takes the rules that a line breaks. */
public interface Findings {

    void found(Rule rule, String message);
}
