package io.quarkiverse.openai.batch.it;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The model's answer about a review. It registers itself for native images, because the extension cannot know it. */
@RegisterForReflection
public record Sentiment(Label label, double confidence) {

    /** Whether the customer is satisfied. */
    public enum Label {
        POSITIVE,
        NEGATIVE
    }
}
