package org.acme;

/** What is asked for: the answer to each review is of this type. */
public record Sentiment(Mood mood, String reason) {

    public enum Mood {
        POSITIVE,
        NEUTRAL,
        NEGATIVE
    }
}
