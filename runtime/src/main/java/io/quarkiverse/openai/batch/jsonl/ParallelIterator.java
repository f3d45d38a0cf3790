package io.quarkiverse.openai.batch.jsonl;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Decodes blocks of lines on threads of its own, and gives them in their order. This thread reads; no more than two blocks a
 * thread are under way.
 */
final class ParallelIterator<T> implements CloseableIterator<T> {

    private final SourceLines lines;
    private final Supplier<LineDecoder<T>> decoders;
    private final int maxBlocks;
    private final ExecutorService threads;
    private final Queue<Future<List<Decoded<T>>>> blocks = new ArrayDeque<>();

    private Iterator<Decoded<T>> decoded = List.<Decoded<T>> of().iterator();
    private boolean atEnd;
    private JsonlException failure;

    ParallelIterator(SourceLines lines, Supplier<LineDecoder<T>> decoders, int threadCount) {
        this.lines = lines;
        this.decoders = decoders;
        this.maxBlocks = 2 * threadCount;
        this.threads = Executors.newFixedThreadPool(threadCount, task -> {
            Thread thread = new Thread(task, "jsonl-decoder");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public boolean hasNext() {
        while (!decoded.hasNext()) {
            submitBlocks();
            if (blocks.isEmpty()) {
                throwFailure();
                return false;
            }
            decoded = await(blocks.remove()).iterator();
        }
        return true;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return decoded.next().get();
    }

    private void submitBlocks() {
        while (!atEnd && blocks.size() < maxBlocks) {
            LineBlock block = readBlock();
            if (!block.isEmpty()) {
                blocks.add(threads.submit(() -> block.decode(decoders.get())));
            }
        }
    }

    private LineBlock readBlock() {
        LineBlock block = new LineBlock();
        try {
            while (!block.isFull() && lines.next()) {
                block.add(lines.line());
            }
            atEnd = !block.isFull();
        } catch (JsonlException e) {
            failure = e;
            atEnd = true;
        }
        return block;
    }

    /** What ended the reading is thrown when all before it has been given. */
    private void throwFailure() {
        JsonlException thrown = failure;
        failure = null;
        if (thrown != null) {
            throw thrown;
        }
    }

    private List<Decoded<T>> await(Future<List<Decoded<T>>> block) {
        try {
            return block.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JsonlException("Interrupted while reading", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Decoding throws nothing", e.getCause());
        }
    }

    @Override
    public void close() {
        atEnd = true;
        blocks.clear();
        decoded = List.<Decoded<T>> of().iterator();
        threads.shutdownNow();
        lines.close();
    }
}
