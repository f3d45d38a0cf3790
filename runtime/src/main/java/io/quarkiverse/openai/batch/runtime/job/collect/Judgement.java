package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.quarkiverse.openai.batch.jsonl.AnswerSchema;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ModelResponse;
import io.quarkiverse.openai.batch.jsonl.RawLines;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.result.Payment;
import io.quarkiverse.openai.batch.runtime.job.setup.InvalidAnswers;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/**
 * Which answers are not what was asked for: judged once, by the request as it was sent. A valid second answer of a line takes
 * the place of an invalid first one.
 */
final class Judgement {

    private static final byte[] NO_REQUEST = {};
    private static final Set<String> FINISHED = Set.of("stop", "tool_calls", "function_call", "completed");

    /** Nothing is invalid. */
    static final Judgement NOTHING = new Judgement("", InvalidAnswers.KEPT, null);

    private final String job;
    private final InvalidAnswers rules;
    /** Null if there are none. */
    private final AnswerChecks checks;
    private final TreeMap<Integer, String> invalid = new TreeMap<>();
    private AnswerSchema last;

    private Judgement(String job, InvalidAnswers rules, AnswerChecks checks) {
        this.job = job;
        this.rules = rules;
        this.checks = checks;
    }

    /**
     * Judges the answers to the lines of a chunk.
     *
     * @throws IOException if a check of the application gives no verdict
     */
    static Judgement of(ChunkFiles files, ChunkRow chunk, InvalidAnswers rules, AnswerChecks checks, LineAccount account)
            throws IOException {
        Judgement judgement = new Judgement(chunk.job(), rules, checks.areNeeded(chunk.job()) ? checks : null);
        if (chunk.input().schemas()) {
            judgement.judge(files.open(chunk.job(), chunk.file(ChunkFile.REQUESTS)), chunk, account);
        } else if (judgement.isForAll()) {
            for (int line = 0; line < account.lines(); line++) {
                judgement.judge(line, NO_REQUEST, account);
            }
        }
        return judgement;
    }

    /** Whether answers are judged also without a schema. */
    private boolean isForAll() {
        return rules.unfinished() || checks != null;
    }

    private void judge(InputStream requests, ChunkRow chunk, LineAccount account) throws IOException {
        int longest = (int) Math.min(chunk.input().bytes() + 1, Integer.MAX_VALUE - 8);
        try (RawLines lines = RawLines.of(requests, longest)) {
            for (int line = 0; line < account.lines() && lines.next(); line++) {
                judge(line, lines.bytes(), account);
            }
        }
    }

    private void judge(int line, byte[] request, LineAccount account) throws IOException {
        if (account.payment(line) != Payment.PAID) {
            return;
        }
        Optional<AnswerSchema> schema = AnswerSchema.of(request, last);
        last = schema.orElse(last);
        if (schema.isPresent() || isForAll()) {
            Optional<String> wrong = wrong(schema, account.result(line));
            if (wrong.isPresent() && account.hasSecond(line)) {
                account.swap(line);
                if (wrong(schema, account.result(line)).isEmpty()) {
                    return;
                }
                account.swap(line);
            }
            wrong.ifPresent(reason -> invalid.put(line, reason));
        }
    }

    private Optional<String> wrong(Optional<AnswerSchema> schema, byte[] answer) throws IOException {
        BatchResult result = BatchResult.parse(answer);
        Optional<String> wrong = schema.flatMap(asked -> asked.violation(result)).or(() -> unfinished(result));
        return wrong.isEmpty() && checks != null ? checks.wrong(job, result) : wrong;
    }

    private Optional<String> unfinished(BatchResult result) {
        boolean known = result.finishReason() != null;
        boolean response = result.body() instanceof ModelResponse;
        return rules.unfinished() && known && (!FINISHED.contains(result.finishReason()) || response && !isCompleted(result))
                ? Optional.of("The answer is not complete")
                : Optional.empty();
    }

    private static boolean isCompleted(BatchResult result) {
        return "completed".equals(result.finishReason());
    }

    boolean isInvalid(int line) {
        return invalid.containsKey(line);
    }

    /** What is wrong, without what the answer says; null if nothing is. */
    String reason(int line) {
        return invalid.get(line);
    }
}
