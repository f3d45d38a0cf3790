package io.quarkiverse.openai.batch.runtime.job.admission;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * The tokens that an account has enqueued for a model, as far as they are ours, and how many it may have, as far as refusals
 * tell. Providers publish no limits (OpenAI shows them on a settings page); so nothing is known until the first refusal, and
 * after a restart.
 */
public final class EnqueuedTokens {

    /** OpenAI: "Limit: 900,000 enqueued tokens". Azure: "the configured limit of 30K". */
    private static final Pattern LIMIT = Pattern.compile("limit(?: of|:) *([0-9][0-9,]*(?:\\.[0-9]+)?) *([KM]?)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

    private final JobStore store;
    private final Map<Scope, Long> limits = new ConcurrentHashMap<>();

    public EnqueuedTokens(JobStore store) {
        this.store = store;
    }

    private record Scope(String account, String model) {
    }

    /** A batch was refused. */
    public void refused(String account, String model, String message) {
        limits.put(new Scope(account, model == null ? "" : model), limitIn(message));
    }

    /** 0 if the message names none, or one that no account has. */
    static long limitIn(String message) {
        Matcher found = LIMIT.matcher(message == null ? "" : message);
        if (!found.find()) {
            return 0;
        }
        long factor = switch (found.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> 1_000;
            case "M" -> 1_000_000;
            default -> 1;
        };
        BigDecimal limit = new BigDecimal(found.group(1).replace(",", "")).multiply(BigDecimal.valueOf(factor));
        return limit.compareTo(MOST) > 0 ? 0 : limit.longValue();
    }

    /** Whether a batch for the model was refused, so that room has to be shared. */
    boolean isTight(ChunkRow chunk, JobRow job) {
        return limits.containsKey(scope(chunk, job));
    }

    private static Scope scope(ChunkRow chunk, JobRow job) {
        return new Scope(job.account(), chunk.input().model() == null ? "" : chunk.input().model());
    }

    /** Whether no other batch of ours for the model is under way. */
    public boolean isAlone(ChunkRow chunk, JobRow job) {
        return active(chunk, job).findAny().isEmpty();
    }

    /**
     * Whether a chunk has room beside our other batches for the model. Where the limit is not known, one batch at a time finds
     * out: the next may go when the one before is past its validation.
     *
     * @param configured the limit that the user knows; 0 if none
     */
    boolean hasRoom(ChunkRow chunk, JobRow job, long configured) {
        long learned = limits.getOrDefault(scope(chunk, job), 0L);
        long limit = learned == 0 ? configured : learned;
        if (isAlone(chunk, job)) {
            return true;
        }
        if (limit == 0) {
            return active(chunk, job).noneMatch(EnqueuedTokens::isUnconfirmed);
        }
        CorrectedEstimates estimates = new CorrectedEstimates(
                store.jobs().stream().flatMap(other -> store.chunks(other.name()).stream()).toList());
        return estimates.promptTokens(chunk) + active(chunk, job).mapToDouble(estimates::promptTokens).sum() <= limit;
    }

    private static boolean isUnconfirmed(ChunkRow chunk) {
        return chunk.state() == ChunkState.CREATING || chunk.remote().status() == null
                || "validating".equalsIgnoreCase(chunk.remote().status());
    }

    private Stream<ChunkRow> active(ChunkRow chunk, JobRow job) {
        return store.jobs().stream().filter(other -> other.account().equals(job.account()))
                .flatMap(other -> store.chunks(other.name()).stream())
                .filter(other -> !other.id().equals(chunk.id()) && CorrectedEstimates.sameModel(other, chunk))
                .filter(other -> other.state().isActive());
    }
}
