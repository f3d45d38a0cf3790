package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.quarkiverse.openai.batch.emulator.answer.LineAnswer;

/** Lines answered by another server, a few at a time, from the first look at the batch on. */
final class UpstreamExecution implements Execution {

    private static final int CONCURRENT_LINES = 8;

    private final Upstream upstream;
    private final Endpoint endpoint;
    private final InputLines lines;
    private final Results results;
    private final long max;
    private boolean begun;
    private long started;
    private boolean stopped;
    private int underWay;
    private long done;

    /** @param max how many lines are executed at most */
    UpstreamExecution(Upstream upstream, Endpoint endpoint, InputLines lines, Results results, long max) {
        this.upstream = upstream;
        this.endpoint = endpoint;
        this.lines = lines;
        this.results = results;
        this.max = max;
    }

    @Override
    public synchronized long executeTo(long target, Deadline deadline) throws IOException {
        if (!begun && !stopped) {
            begun = true;
            lines.open();
            for (int count = 0; count < CONCURRENT_LINES; count++) {
                startNext();
            }
        }
        return done;
    }

    private void startNext() throws IOException {
        InputLine line = stopped || started == max ? null : lines.next();
        if (line != null) {
            started++;
            underWay++;
            // Not on this thread: answers that are there at once would start line after line, each deeper in the stack.
            upstream.answer(endpoint, line.body()).thenAcceptAsync(answer -> answered(line, answer));
        } else if (underWay == 0) {
            lines.close();
            results.close();
        }
    }

    private synchronized void answered(InputLine line, LineAnswer answer) {
        underWay--;
        try {
            results.executed(line, answer);
            done++;
            startNext();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean paced() {
        return false;
    }

    @Override
    public synchronized boolean stop() {
        stopped = true;
        return underWay == 0;
    }

    @Override
    public synchronized void abandon(Unexecuted reason) throws IOException {
        results.unexecuted(lines, reason);
    }
}
