package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;

import io.quarkiverse.openai.batch.emulator.answer.InvalidLineRequest;
import io.quarkiverse.openai.batch.emulator.answer.LineAnswer;
import io.quarkiverse.openai.batch.emulator.answer.LineRequest;
import io.quarkiverse.openai.batch.emulator.answer.PromptCache;

/** Lines answered by the emulator, when its batch is looked at. */
final class OwnExecution implements Execution {

    private final Endpoint endpoint;
    private final InputLines lines;
    private final Results results;
    private final long createdAt;
    private final PromptCache cache = new PromptCache();
    private long done;

    /** @param createdAt time of the answers, in Unix seconds */
    OwnExecution(Endpoint endpoint, InputLines lines, Results results, long createdAt) {
        this.endpoint = endpoint;
        this.lines = lines;
        this.results = results;
        this.createdAt = createdAt;
    }

    @Override
    public long executeTo(long target, Deadline deadline) throws IOException {
        if (done >= target) {
            return done;
        }
        lines.open();
        try {
            while (done < target && !deadline.passed()) {
                InputLine line = lines.next();
                results.executed(line, answer(line));
                done++;
            }
        } finally {
            lines.close();
            results.close();
        }
        return done;
    }

    private LineAnswer answer(InputLine line) {
        try {
            return new LineAnswer(200, endpoint.answers().answer(
                    new LineRequest(line.body(), line.hash(), createdAt, cache.tokens(endpoint.answers(), line.body()))));
        } catch (InvalidLineRequest e) {
            return LineAnswer.error(400, e.getMessage(), "invalid_request_error", e.param(), e.code());
        } catch (RuntimeException | StackOverflowError e) {
            // It costs its line, and not the batch.
            return LineAnswer.error(500, "The server had an error while processing your request.", "server_error", null, null);
        }
    }

    @Override
    public boolean paced() {
        return true;
    }

    @Override
    public boolean stop() {
        return true;
    }

    @Override
    public void abandon(Unexecuted reason) throws IOException {
        results.unexecuted(lines, reason);
    }
}
