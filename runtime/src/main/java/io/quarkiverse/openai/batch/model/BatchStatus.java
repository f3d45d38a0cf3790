package io.quarkiverse.openai.batch.model;

import java.util.Locale;
import java.util.Map;

/**
 * Where a batch stands (openai-openapi, schema Batch, 2026-08-21).
 */
public enum BatchStatus {

    /** The input file is being checked. */
    VALIDATING,
    /** The input file did not pass the check; nothing was run. Terminal. */
    FAILED,
    /** Lines are being run. */
    IN_PROGRESS,
    /** All lines have been run, the result files are being written. */
    FINALIZING,
    /** The result files are there. Terminal. */
    COMPLETED,
    /** Not all lines could be run in time; what was run is in the result files. Terminal. */
    EXPIRED,
    /** Being cancelled, for up to ten minutes. */
    CANCELLING,
    /** Cancelled; what was run is in the result files. Terminal. */
    CANCELLED,
    /** A status that this version does not know; its text is in {@link Batch#statusText()}. Not terminal. */
    UNKNOWN;

    private static final Map<String, BatchStatus> SPELLINGS_OF_PROVIDERS = Map.of(
            "complete", COMPLETED,
            "progress", IN_PROGRESS,
            "running", IN_PROGRESS,
            "canceling", CANCELLING,
            "canceled", CANCELLED);

    /**
     * @param text the status as a provider wrote it, in any case; may be null
     * @return the status, {@link #UNKNOWN} if the text is none that is known
     */
    public static BatchStatus of(String text) {
        if (text == null) {
            return UNKNOWN;
        }
        String name = text.strip().toLowerCase(Locale.ROOT);
        for (BatchStatus status : values()) {
            if (status.text().equals(name)) {
                return status;
            }
        }
        return SPELLINGS_OF_PROVIDERS.getOrDefault(name, UNKNOWN);
    }

    /** The status as OpenAI writes it, such as {@code in_progress}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing can happen to the batch any more. */
    public boolean isTerminal() {
        return this == FAILED || this == COMPLETED || this == EXPIRED || this == CANCELLED;
    }
}
