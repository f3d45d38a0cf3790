package io.quarkiverse.openai.batch.runtime.client.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The content of a file as it comes in. A read that waits for longer than the time-out resets the request and fails; time
 * between reads does not count. Closing early resets the request, so that the rest is not sent for nothing.
 */
final class ContentStream extends FilterInputStream {

    private final WireRequest request;
    private final long timeoutInNanos;
    private final ScheduledFuture<?> guard;
    private volatile long waitingSince;
    private volatile boolean waiting;
    private volatile boolean stalled;
    private boolean ended;
    private boolean closed;

    ContentStream(InputStream content, WireRequest request, Duration timeout, ScheduledExecutorService timers) {
        super(content);
        this.request = request;
        this.timeoutInNanos = timeout.toNanos();
        long interval = Math.max(1, timeout.toMillis() / 4);
        this.guard = timers.scheduleAtFixedRate(this::abandonIfStalled, interval, interval, TimeUnit.MILLISECONDS);
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0; // the stream below would wait for a byte first
        }
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            int read = super.read(buffer, offset, length);
            if (read < 0) {
                ended = true;
                guard.cancel(false);
            }
            return read;
        } catch (IOException e) {
            throw stalled ? new IOException("The download stalled for " + Duration.ofNanos(timeoutInNanos), e) : e;
        } finally {
            waiting = false;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        guard.cancel(false);
        if (!ended) {
            request.abandon();
        }
        super.close();
    }

    private void abandonIfStalled() {
        if (waiting && System.nanoTime() - waitingSince > timeoutInNanos) {
            stalled = true;
            request.abandon();
        }
    }
}
