package io.quarkiverse.openai.batch.it;

/** What a customer wrote. */
public record Review(String id, String text) {
}
