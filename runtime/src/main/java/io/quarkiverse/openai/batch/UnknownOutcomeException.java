package io.quarkiverse.openai.batch;

import java.util.Optional;

/**
 * Thrown when it is not known whether a batch was created: the response was lost, and the batch is not in the listing or the
 * listing could not be read. Another create could pay for the batch twice. {@link BatchService#findSubmission} looks again
 * later.
 */
public class UnknownOutcomeException extends BatchApiException {

    private static final long serialVersionUID = 1L;

    private final String submissionId;

    public UnknownOutcomeException(String message, String submissionId, Details details, Throwable cause) {
        super(message, details, cause);
        this.submissionId = submissionId;
    }

    /**
     * The submission id in the metadata of the batch, if it was created; empty if none was sent because the request's own
     * metadata left no room or the configuration turns it off.
     */
    public Optional<String> submissionId() {
        return Optional.ofNullable(submissionId);
    }
}
