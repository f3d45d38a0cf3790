package io.quarkiverse.openai.batch.runtime.job.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * What a job was submitted with.
 *
 * @param version of its specification
 * @param client the name of its client
 * @param account which account at which provider it belongs to
 * @param endpoint the endpoint that its lines call
 * @param window the completion window of its batches; null for the client's
 * @param priority the higher ones go first
 * @param tags the metadata of its batches
 * @param deadline when it is stopped; null for never
 * @param guard what it may spend
 */
public record JobTerms(String version, String client, String account, String endpoint, String window, int priority,
        Map<String, String> tags, Instant deadline, Guard guard) {

    /**
     * @param maxTokens how many tokens it may use; 0 for any number
     * @param maxCost what it may cost; null for any sum
     * @param canary how many lines are tried first; 0 for none
     * @param canaryFailures the share of these that may fail
     */
    public record Guard(long maxTokens, BigDecimal maxCost, int canary, double canaryFailures) {

        public static final Guard NONE = new Guard(0, null, 0, 0);

        /** Whether there is a limit to what it may spend. */
        @JsonIgnore
        public boolean hasLimit() {
            return maxTokens > 0 || maxCost != null;
        }
    }

    public JobTerms withoutDeadline() {
        return new JobTerms(version, client, account, endpoint, window, priority, tags, null, guard);
    }
}
