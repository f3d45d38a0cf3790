package io.quarkiverse.openai.batch;

import java.util.Optional;

/**
 * It is not known whether a batch was created: the answer was lost, and the batch is not in the listing, or the listing could
 * not be read. Creating it again now could pay for it twice. {@link BatchService#findSubmission} looks again later.
 */
public class OpenSubmissionException extends BatchApiException {

    private static final long serialVersionUID = 1L;

    private final String submissionId;

    public OpenSubmissionException(String message, String submissionId, Details details, Throwable cause) {
        super(message, details, cause);
        this.submissionId = submissionId;
    }

    /**
     * The id under which the batch, if it was created, bears in its metadata; empty if none was sent, since the request's own
     * metadata left no room or the configuration says so.
     */
    public Optional<String> submissionId() {
        return Optional.ofNullable(submissionId);
    }
}
