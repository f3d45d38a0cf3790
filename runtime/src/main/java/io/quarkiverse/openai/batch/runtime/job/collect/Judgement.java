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

/** Which answers are not what was asked for: judged once, by the request as it was sent. */
final class Judgement {

    private static final byte[] NO_REQUEST = {};
    private static final Set<String> FINISHED = Set.of("stop", "tool_calls", "function_call", "completed");

    /** Nothing is invalid. */
    static final Judgement NOTHING = new Judgement(InvalidAnswers.KEPT);

    private final InvalidAnswers rules;
    private final TreeMap<Integer, String> invalid = new TreeMap<>();
    private AnswerSchema last;

    private Judgement(InvalidAnswers rules) {
        this.rules = rules;
    }

    /** Judges the answers to the lines of a chunk. */
    static Judgement of(ChunkFiles files, ChunkRow chunk, InvalidAnswers rules, LineAccount account) throws IOException {
        Judgement judgement = new Judgement(rules);
        if (chunk.input().schemas()) {
            judgement.judge(files.open(chunk.job(), chunk.file(ChunkFile.REQUESTS)), chunk, account);
        } else if (rules.unfinished()) {
            for (int line = 0; line < account.lines(); line++) {
                judgement.judge(line, NO_REQUEST, account);
            }
        }
        return judgement;
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
        if (schema.isEmpty() && !rules.unfinished()) {
            return;
        }
        BatchResult result = BatchResult.parse(account.result(line));
        Optional<String> wrong = schema.flatMap(asked -> asked.violation(result));
        wrong.or(() -> unfinished(result)).ifPresent(reason -> invalid.put(line, reason));
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
