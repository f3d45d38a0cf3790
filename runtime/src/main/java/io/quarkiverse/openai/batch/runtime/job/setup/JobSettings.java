package io.quarkiverse.openai.batch.runtime.job.setup;

import java.time.Duration;
import java.util.Optional;

import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings.Polls;

/**
 * How the jobs of a client are run.
 *
 * @param limits the limits of one batch
 * @param batchesPerHour batches created in an hour for an account; 0 for any number
 * @param shortestPoll the shortest pause between two looks at running batches
 * @param longestPoll the longest
 * @param settle for how long a provider may show less than is true: late file ids, a listing that lags
 * @param callTimeout the longest that the call can take that creates a batch
 * @param cancelTimeout how long a cancelled job waits for its batches to end
 * @param activeBatches how many batches may be under way at a time
 * @param enqueuedTokens how many tokens may be enqueued for a model at a time; 0 if that is not known
 * @param lineAttempts how often an unpaid line is sent
 * @param resubmitUnknown which lines that may have been paid are sent again
 * @param resultBytes the largest result file that is read if its stated size is unknown or wrong
 * @param results how long the stored results are kept
 * @param providerFiles what happens to the provider's files once the results are stored here
 * @param retention for how long a job is kept after its end; empty for ever
 * @param prices what tokens cost
 * @param handlerRetry how calls of handlers that fail are repeated
 * @param invalid what happens to answers that are not what was asked for
 * @param checkModels whether the provider is asked when a model ends
 * @param collecting when requests that came one by one are submitted
 */
public record JobSettings(LineLimits limits, int batchesPerHour, Duration shortestPoll, Duration longestPoll, Duration settle,
        Duration callTimeout, Duration cancelTimeout, int activeBatches, long enqueuedTokens, int lineAttempts,
        ResubmitUnknown resubmitUnknown,
        long resultBytes, StoredResults results, ProviderFiles providerFiles, Optional<Duration> retention, Prices prices,
        HandlerRetry handlerRetry, InvalidAnswers invalid, boolean checkModels,
        Collecting collecting) {

    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final long RESULT_BYTES = 2L << 30;

    /** The jobs of a client without configuration of its own: with the defaults. */
    public static JobSettings of(ClientSettings client) {
        return of(client.dialect().limits()).withPolls(client.polls().shortest(), client.polls().longest())
                .withSettle(SETTLE, client.createTimeout());
    }

    /** With the defaults of the configuration. */
    public static JobSettings of(LineLimits limits) {
        return new JobSettings(limits, 2_000, Duration.ofSeconds(1), Duration.ofMinutes(1), SETTLE,
                Duration.ofMinutes(10), Duration.ofHours(1), 1000, 0, 3, ResubmitUnknown.ERRORS, RESULT_BYTES,
                StoredResults.KEEP,
                ProviderFiles.KEEP, Optional.empty(), Prices.none(), HandlerRetry.DEFAULT, InvalidAnswers.KEPT, true,
                Collecting.DEFAULT);
    }

    public JobSettings withLimits(LineLimits newLimits) {
        return new JobSettings(newLimits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches,
                enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention, prices,
                handlerRetry, invalid, checkModels, collecting);
    }

    public JobSettings withPolls(Duration shortest, Duration longest) {
        return new JobSettings(limits, batchesPerHour, shortest, longest, settle, callTimeout, cancelTimeout, activeBatches,
                enqueuedTokens,
                lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention, prices, handlerRetry, invalid,
                checkModels,
                collecting);
    }

    public JobSettings withSettle(Duration newSettle, Duration newCallTimeout) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, newSettle, newCallTimeout, cancelTimeout,
                activeBatches,
                enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention, prices,
                handlerRetry, invalid, checkModels, collecting);
    }

    public JobSettings withBatchesPerHour(int batches) {
        return new JobSettings(limits, batches, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout, activeBatches,
                enqueuedTokens,
                lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention, prices, handlerRetry, invalid,
                checkModels,
                collecting);
    }

    /**
     * @param tokensABatch estimated tokens of one batch; 0 for any number
     */
    public JobSettings withRoom(long tokensABatch, int batches, long tokens) {
        return new JobSettings(limits.withTokens(tokensABatch), batchesPerHour, shortestPoll, longestPoll, settle, callTimeout,
                cancelTimeout, batches, tokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention,
                prices,
                handlerRetry, invalid, checkModels, collecting);
    }

    public JobSettings withAttempts(int attempts, ResubmitUnknown unknown) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches,
                enqueuedTokens, attempts, unknown, resultBytes, results, providerFiles, retention, prices, handlerRetry,
                invalid, checkModels,
                collecting);
    }

    public JobSettings withResultBytes(long bytes) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches,
                enqueuedTokens, lineAttempts, resubmitUnknown, bytes, results, providerFiles, retention, prices, handlerRetry,
                invalid, checkModels,
                collecting);
    }

    public JobSettings withRetention(StoredResults stored, ProviderFiles files, Optional<Duration> keptFor) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches,
                enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, stored, files, keptFor, prices, handlerRetry,
                invalid, checkModels,
                collecting);
    }

    public JobSettings withCancelTimeout(Duration timeout) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, timeout, activeBatches,
                enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention, prices,
                handlerRetry, invalid, checkModels, collecting);
    }

    public JobSettings withPrices(Prices newPrices) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches,
                enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention, newPrices,
                handlerRetry, invalid, checkModels, collecting);
    }

    public JobSettings withHandlerRetry(HandlerRetry retry) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches,
                enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention, prices, retry,
                invalid, checkModels,
                collecting);
    }

    public JobSettings withCheckModels(boolean check) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches, enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention,
                prices, handlerRetry, invalid, check, collecting);
    }

    public JobSettings withCollecting(Collecting limits) {
        return new JobSettings(this.limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches, enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention,
                prices, handlerRetry, invalid, checkModels, limits);
    }

    public JobSettings withInvalid(InvalidAnswers answers) {
        return new JobSettings(limits, batchesPerHour, shortestPoll, longestPoll, settle, callTimeout, cancelTimeout,
                activeBatches, enqueuedTokens, lineAttempts, resubmitUnknown, resultBytes, results, providerFiles, retention,
                prices, handlerRetry, answers, checkModels, collecting);
    }

    /** Which lines that may have been paid are sent again. */
    public enum ResubmitUnknown {
        /** None. */
        NONE,
        /** Those answered with a server error. */
        ERRORS,
        /** Also those that are missing or cannot be read. */
        ALL
    }

    /** How long the results that are stored here are kept. */
    public enum StoredResults {
        /** As long as their job. */
        KEEP,
        /** Until every handler has taken them. */
        DELETE_WHEN_HANDLED
    }

    /** What happens to the provider's input, output and error files once the results are stored here. */
    public enum ProviderFiles {
        /** They stay there. */
        KEEP,
        /** They are deleted. */
        DELETE
    }

    /** For how long the decision to create a batch holds: longer than the call can take. */
    public Duration lease() {
        return callTimeout.plusMinutes(1);
    }

    /** @see Polls#after */
    public Duration pollInterval(Duration age) {
        return new Polls(shortestPoll, longestPoll).after(age);
    }
}
