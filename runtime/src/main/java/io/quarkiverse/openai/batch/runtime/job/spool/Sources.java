package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.runtime.job.method.SourceMethod;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;

/**
 * Where the lines of jobs can be read: what was submitted with them in this process, methods of the application, or what was
 * collected.
 */
public final class Sources {

    private static final byte[] NEWLINE = { '\n' };

    private final List<SourceMethod> methods;
    private final CollectedRequests collected;
    private final Map<String, JobSource> submitted = new ConcurrentHashMap<>();
    /** Of jobs that are being read here. */
    private final Map<String, Long> read = new ConcurrentHashMap<>();

    public Sources(List<SourceMethod> methods, CollectedRequests collected) {
        this.methods = List.copyOf(methods);
        this.collected = collected;
    }

    /** A source that is being read stays. */
    public void offer(JobSpec spec) {
        if (spec.requests() != null) {
            submitted.putIfAbsent(spec.name(), new JobSource(spec.requests(), spec.isOneShot()));
        }
    }

    /** Takes the place of a source that was offered before. */
    public void replace(JobSpec spec) {
        submitted.remove(spec.name());
        offer(spec);
    }

    /** Whatever was submitted with a job is not needed any more. */
    public void drop(String job) {
        submitted.remove(job);
    }

    /**
     * A source is not needed any more, or cannot be read again.
     *
     * @param source null if there was none
     * @return false if another one was submitted meanwhile, which stays
     */
    public boolean forget(String job, JobSource source) {
        return source == null ? !submitted.containsKey(job)
                : submitted.remove(job, source) || !submitted.containsKey(job);
    }

    public boolean has(String job) {
        return submitted.containsKey(job) || methods.stream().anyMatch(method -> method.isFor(job)) || collected.has(job);
    }

    /**
     * Empty if the source is gone.
     *
     * @throws SourceException if several methods give the lines
     */
    public Optional<JobSource> of(String job) {
        JobSource source = submitted.get(job);
        if (source != null) {
            return Optional.of(source);
        }
        return collected.has(job) ? Optional.of(new JobSource(() -> collected(job), false)) : ofMethod(job);
    }

    /** How many lines of a job were read since this process began to. */
    public long linesRead(String job) {
        return read.getOrDefault(job, 0L);
    }

    public void wereRead(String job, long lines) {
        read.put(job, lines);
    }

    public void endReading(String job) {
        read.remove(job);
    }

    private Stream<BatchRequest> collected(String job) {
        Stream<byte[]> lines = collected.lines(job);
        Iterator<byte[]> each = lines.iterator();
        return JsonlReader.requests(new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return each.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return new SequenceInputStream(new ByteArrayInputStream(each.next()), new ByteArrayInputStream(NEWLINE));
            }
        })).stream().onClose(lines::close);
    }

    private Optional<JobSource> ofMethod(String job) {
        List<SourceMethod> matching = methods.stream().filter(method -> method.isFor(job)).toList();
        if (matching.size() > 1) {
            throw new SourceException("its lines come from several methods with @BatchSource: "
                    + matching.stream().map(SourceMethod::method).collect(Collectors.joining(", "))
                    + ". Make their patterns differ", null);
        }
        return matching.stream().findFirst().map(method -> new JobSource(() -> method.open(job), false));
    }
}
