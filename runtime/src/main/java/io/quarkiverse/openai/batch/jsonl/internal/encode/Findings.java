package io.quarkiverse.openai.batch.jsonl.internal.encode;

import io.quarkiverse.openai.batch.jsonl.Rule;

/** Takes the rules that a line breaks. */
interface Findings {

    void found(Rule rule, String message);
}
