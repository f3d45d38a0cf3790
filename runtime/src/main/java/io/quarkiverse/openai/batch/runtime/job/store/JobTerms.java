package io.quarkiverse.openai.batch.runtime.job.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * The terms of a job, as submitted.
 *
 * @param version of its specification
 * @param client the name of its client
 * @param account its account: provider, and who pays
 * @param checkFirst whether nothing is uploaded before the source was read to its end
 * @param window the completion window of its batches; null for the client's
 * @param priority higher ones are sent first
 * @param tags the metadata of its batches
 * @param deadline when it is stopped; null for never
 * @param guard limits of its tokens and cost, and its canary
 * @param handlers ids of the methods that take its results
 * @param caller the trace of the call that submitted it; null for none
 */
public record JobTerms(String version, String client, String account, boolean checkFirst, String window, int priority,
        Map<String, String> tags, Instant deadline, Guard guard, Set<String> handlers, String caller) {

    public JobTerms {
        Stream.of(version, client, account, tags, guard, handlers).forEach(Objects::requireNonNull);
    }

    /**
     * @param maxTokens largest number of tokens; 0 for no limit
     * @param maxCost largest cost; null for no limit
     * @param canary number of lines that are tried first; 0 for none
     * @param canaryFailures share of these that may fail
     */
    public record Guard(long maxTokens, BigDecimal maxCost, int canary, double canaryFailures) {

        public static final Guard NONE = new Guard(0, null, 0, 0);

        /** Whether its tokens or its cost are limited. */
        @JsonIgnore
        public boolean hasLimit() {
            return maxTokens > 0 || maxCost != null;
        }
    }

    public JobTerms withoutDeadline() {
        return new JobTerms(version, client, account, checkFirst, window, priority, tags, null, guard, handlers, caller);
    }

    public JobTerms withHandlers(Set<String> ids) {
        Set<String> all = new TreeSet<>(handlers);
        all.addAll(ids);
        return new JobTerms(version, client, account, checkFirst, window, priority, tags, deadline, guard, all,
                caller);
    }
}
