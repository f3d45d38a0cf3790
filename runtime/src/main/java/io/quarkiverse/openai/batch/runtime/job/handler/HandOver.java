package io.quarkiverse.openai.batch.runtime.job.handler;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.HandlerRetry;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.Handed;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode.Kind;

/**
 * Step: hands the results of a collected chunk to the handlers of its job, from disk. The line at which each handler
 * continues is stored after a hundred lines of a handler, or after a second.
 */
public final class HandOver {

    private static final Logger LOG = Logger.getLogger(HandOver.class);

    private final JobStore store;
    private final ChunkFiles files;
    private final InstantSource clock;
    private final UserCode user;
    private final JobMethods methods;
    private final Map<HandlerMethod, HandlerCalls> handlers = new LinkedHashMap<>();
    private final Map<String, Outage> outages = new ConcurrentHashMap<>();

    public HandOver(JobStore store, ChunkFiles files, InstantSource clock, UserCode user,
            JobMethods methods) {
        this.store = store;
        this.files = files;
        this.clock = clock;
        this.user = user;
        this.methods = methods;
        methods.handlers().forEach(handler -> this.handlers.put(handler, new HandlerCalls()));
    }

    /** Whether a job has handlers, here or where it was submitted. Those that are gone do not keep it from being cancelled. */
    public boolean isNeeded(JobRow job) {
        return !handlersOf(job.name()).isEmpty() || isAnyMissing(job);
    }

    private boolean isAnyMissing(JobRow job) {
        return !job.isCancelled() && !methods.missing(job.terms().handlers()).isEmpty();
    }

    private List<HandlerMethod> handlersOf(String job) {
        return handlers.keySet().stream().filter(handler -> handler.isFor(job)).toList();
    }

    /**
     * From {@link ChunkState#COLLECTED} to HANDED_OVER, or as far as the handlers take its results. It claims the chunk, so
     * that an earlier call that was given up changes nothing any more.
     *
     * @return when to continue; empty if it is complete, or the job was stopped or paused
     */
    public Optional<Instant> run(ChunkRow chunk, JobRow job, HandlerRetry retry) throws IOException {
        List<HandlerMethod> due = handlersOf(job.name()).stream()
                .filter(handler -> job.isCancelled() || !outage(chunk, handler).isOn(clock.instant()))
                .filter(handler -> !isThrough(handler, chunk)).toList();
        ChunkRow row = due.isEmpty() ? chunk : store.update(chunk.with(chunk.handed().claimed()));
        for (HandlerMethod handler : due) {
            handOver(row, handler, retry);
        }
        ChunkRow after = store.chunk(row.job(), row.number()).orElseThrow(() -> new StaleRowException("chunk " + row.id()));
        if (!isAnyMissing(job) && handlersOf(job.name()).stream().allMatch(handler -> isThrough(handler, after))) {
            store.change(row.job(), row.number(), now -> HandlerTurn.requireClaimed(now, row).in(ChunkState.HANDED_OVER));
            forgetOutages(row);
        }
        return handlersOf(job.name()).stream().map(handler -> outage(chunk, handler).until()).filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    /** Whether a call of a handler for this chunk takes longer than this. */
    public boolean isStuck(ChunkRow chunk, Duration longestCall) {
        return user.isLongerThan(longestCall, Kind.HANDLER, chunk.id());
    }

    /** Sets all lines aside that handlers have not taken. What a call does that is under way counts no more. */
    public ChunkRow abandon(ChunkRow chunk) {
        forgetOutages(chunk);
        int lines = Math.toIntExact(chunk.input().lines());
        Handed handed = chunk.handed().claimed();
        for (HandlerMethod handler : handlersOf(chunk.job())) {
            int past = Math.toIntExact(handed.past(handler.id()));
            handed = handed.withPast(handler.id(), lines, IntStream.range(past, lines).boxed().collect(Collectors.toSet()));
        }
        LOG.warnf(
                "Job %s is cancelled, and a call of a method with @OnBatchResult does not end. It is given up, and the results "
                        + "of chunk %d that were not taken are set aside",
                chunk.job(), chunk.number());
        return chunk.with(handed).in(ChunkState.HANDED_OVER);
    }

    private static boolean isThrough(HandlerMethod handler, ChunkRow chunk) {
        return chunk.handed().past(handler.id()) >= chunk.input().lines();
    }

    private Outage outage(ChunkRow chunk, HandlerMethod handler) {
        return outages.getOrDefault(key(chunk, handler), Outage.NONE);
    }

    private static String key(ChunkRow chunk, HandlerMethod handler) {
        return chunk.id() + " " + handler.id();
    }

    /** Those of a later job of the name are others. */
    private void forgetOutages(ChunkRow chunk) {
        outages.keySet().removeIf(key -> key.startsWith(chunk.id() + " "));
    }

    private void handOver(ChunkRow chunk, HandlerMethod handler, HandlerRetry retry) throws IOException {
        HandlerTurn turn = new HandlerTurn(store, files, clock, new Delivery(store, user, handler, chunk), handler, chunk,
                handlers.get(handler));
        Outage after = turn.run(outage(chunk, handler), retry);
        if (after == Outage.NONE) {
            outages.remove(key(chunk, handler));
        } else {
            outages.put(key(chunk, handler), after);
        }
    }
}
