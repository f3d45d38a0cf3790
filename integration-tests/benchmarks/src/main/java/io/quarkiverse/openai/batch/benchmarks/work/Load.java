package io.quarkiverse.openai.batch.benchmarks.work;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.quarkiverse.openai.batch.benchmarks.data.Tally;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls.Answer;

/** Makes a number of calls, a given number of them at once. */
final class Load {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "load");
        thread.setDaemon(true);
        return thread;
    });

    private final int concurrent;
    private final int calls;

    Load(int concurrent, int calls) {
        this.concurrent = concurrent;
        this.calls = calls;
    }

    /** A thread for each of the calls under way. */
    Tally ofBlocking(Callable<Answer> call) {
        AtomicInteger left = new AtomicInteger(calls);
        LongAdder characters = new LongAdder();
        CompletableFuture<?>[] threads = IntStream.range(0, concurrent)
                .mapToObj(i -> CompletableFuture.runAsync(() -> repeat(call, left, characters), THREADS))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
        return new Tally(calls, characters.sum(), 0);
    }

    private static void repeat(Callable<Answer> call, AtomicInteger left, LongAdder characters) {
        try {
            while (left.getAndDecrement() > 0) {
                characters.add(call.call().characters());
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each answer starts the next call. */
    Tally ofAsync(Supplier<CompletionStage<Answer>> call) {
        AtomicInteger left = new AtomicInteger(calls);
        LongAdder characters = new LongAdder();
        CompletableFuture<?>[] chains = new CompletableFuture[concurrent];
        for (int i = 0; i < concurrent; i++) {
            chains[i] = new CompletableFuture<>();
            next(call, left, characters, chains[i]);
        }
        CompletableFuture.allOf(chains).join();
        return new Tally(calls, characters.sum(), 0);
    }

    private static void next(Supplier<CompletionStage<Answer>> call, AtomicInteger left, LongAdder characters,
            CompletableFuture<?> chain) {
        if (left.getAndDecrement() <= 0) {
            chain.complete(null);
            return;
        }
        call.get().thenAccept(answer -> {
            characters.add(answer.characters());
            next(call, left, characters, chain);
        }).exceptionally(failure -> {
            chain.completeExceptionally(failure);
            return null;
        });
    }
}
