package io.quarkiverse.openai.batch.runtime.job.collector;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.jsonl.Rule;
import io.quarkiverse.openai.batch.jsonl.SafeText;

/** Refuses a request that would interrupt the job that it comes to, when it is added. */
final class LineCheck {

    private static final int MOST_REMEMBERED = 1_000;

    private final RequestLines lines;
    private int remembered;

    LineCheck(LineLimits limits) {
        this.lines = new RequestLines(limits, null);
    }

    /**
     * @throws JsonlException if it breaks a rule
     * @throws IllegalArgumentException if it has no url
     */
    synchronized void check(BatchRequest request) {
        if (request.url() == null) {
            throw new IllegalArgumentException("Request %s has no url, by which collectors tell what to submit together"
                    .formatted(SafeText.of(request.customId(), 64)));
        }
        lines.encode(request);
        Problem problem = lines.check(null);
        if (problem != null && problem.rule() == Rule.CUSTOM_ID_DOUBLE) {
            // whether it is the same request is for the store to know
            restart();
            problem = lines.check(null);
        }
        if (++remembered == MOST_REMEMBERED) {
            restart();
        }
        if (problem != null) {
            throw new JsonlException("Request %s breaks the rule %s: %s; %s".formatted(
                    SafeText.of(request.customId(), 64), problem.rule(), problem.message(), problem.rule().fix()));
        }
    }

    private void restart() {
        lines.restart();
        remembered = 0;
    }
}
