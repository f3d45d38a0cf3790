package io.quarkiverse.openai.batch.runtime.job.admission;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow.Limit;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/**
 * How many tokens an account may have enqueued for a model, as far as refusals tell. Providers publish no limits (OpenAI shows
 * them on a settings page); so nothing is known until the first refusal. What was learned is tried again after a day.
 */
public final class EnqueuedTokens {

    /** OpenAI: "Limit: 900,000 enqueued tokens". Azure: "the configured limit of 30K". */
    private static final Pattern LIMIT = Pattern.compile("limit(?: of|:) *([0-9][0-9,]*(?:\\.[0-9]+)?) *([KM]?)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);
    private static final Duration KNOWN_FOR = Duration.ofDays(1);

    private final JobStore store;
    private final SteadyClock clock;

    public EnqueuedTokens(JobStore store, SteadyClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A batch was refused. */
    public void refused(String account, String model, String message) {
        Limit limit = new Limit(limitIn(message), clock.instant());
        store.changeAccount(account, row -> row.withTokens(name(model), limit));
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

    /** What is known of an account's room for a model: 0 for a limit without a number; empty if nothing is. */
    Optional<Long> limit(AccountRow account, String model) {
        return Optional.ofNullable(account.tokens().get(name(model)))
                .filter(limit -> clock.isBefore(limit.since().plus(KNOWN_FOR), KNOWN_FOR)).map(Limit::most);
    }

    /** A limit that was exceeded, or that a person says is fixed, counts no more. */
    void forget(String account, String model) {
        store.changeAccount(account, row -> row.withTokens(name(model), null));
    }

    static String name(String model) {
        return model == null ? "" : model;
    }

    /** Whether no other batch of ours for the model is under way. */
    public boolean isAlone(ChunkRow chunk, JobRow job) {
        return store.unended().stream().filter(other -> other.account().equals(job.account()))
                .flatMap(other -> store.chunks(other.name()).stream())
                .noneMatch(other -> other.state().isActive() && !other.id().equals(chunk.id())
                        && CorrectedEstimates.sameModel(other, chunk));
    }
}
