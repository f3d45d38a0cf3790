package io.quarkiverse.openai.batch.runtime.job.openai;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.UnknownOutcomeException;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Reason;

/** What a failed call of OpenAI's protocol means. */
final class Failure {

    private static final int GONE = 410;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final Set<Integer> NO_LISTING = Set.of(400, 404, 405, 501);

    private Failure() {
    }

    static ProviderException of(BatchApiException e) {
        return new ProviderException(kind(e), e.getMessage(), e.error().map(ApiError::message).orElse(null), e);
    }

    /** A listing that is refused as such is none. */
    static ProviderException ofListing(BatchApiException e) {
        return NO_LISTING.contains(e.status())
                ? new ProviderException(Kind.UNSUPPORTED, e.getMessage(), null, e)
                : of(e);
    }

    private static Kind kind(BatchApiException e) {
        Optional<ApiError> error = e.error();
        if (e instanceof UnknownOutcomeException) {
            return Kind.OPEN;
        }
        if (error.filter(each -> Reason.TOKEN_LIMIT.equals(each.code())).isPresent()) {
            return Kind.NO_ROOM;
        }
        if (e.status() == TOO_LARGE || e.status() == 400 && error.filter(Failure::isTooLarge).isPresent()) {
            return Kind.TOO_LARGE;
        }
        if (e.status() == 400 && error.filter(each -> "input_file_id".equals(each.param())).isPresent()) {
            return Kind.NOT_READY;
        }
        if (e.status() == GONE) {
            return Kind.GONE;
        }
        if (e.isNotFound()) {
            return Kind.NOT_FOUND;
        }
        boolean redirected = e.status() >= 300 && e.status() < 400;
        if (!e.isTransient() || redirected) {
            return Kind.REFUSED;
        }
        return e.status() == TOO_MANY ? Kind.BUSY : Kind.TRANSIENT;
    }

    /** "File is too large", "maximum file size exceeded". */
    private static boolean isTooLarge(ApiError error) {
        String text = (error.code() + " " + error.message()).toLowerCase(Locale.ROOT).replace('_', ' ');
        return text.contains("file") && (text.contains("too large") || text.contains("size exceed")
                || text.contains("exceeds the maximum") && text.contains("size"));
    }
}
