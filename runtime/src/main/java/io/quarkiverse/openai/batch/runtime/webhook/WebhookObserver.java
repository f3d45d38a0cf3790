package io.quarkiverse.openai.batch.runtime.webhook;

/** Counts the calls of the webhook. */
public interface WebhookObserver {

    /** What became of a call. */
    enum Fate {
        /** It was signed, and its event was fired. */
        ACCEPTED,
        /** It was signed, and came before. */
        REPEATED,
        /** It was not signed by a secret of a client, or not as it must be; nothing was done. */
        REFUSED
    }

    void received(Fate fate);
}
