package io.quarkiverse.openai.batch.it;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the model is to make of a review. The extension cannot know of it in a native image, so it says so itself. */
@RegisterForReflection
public record Sentiment(Label label, double confidence) {

    /** Whether the customer is pleased. */
    public enum Label {
        POSITIVE,
        NEGATIVE
    }
}
