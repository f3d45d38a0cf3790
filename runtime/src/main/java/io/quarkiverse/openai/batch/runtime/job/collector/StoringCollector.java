package io.quarkiverse.openai.batch.runtime.job.collector;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

import io.quarkiverse.openai.batch.collector.BatchCollector;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Sha256;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Entry;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Stores each request before its method returns. */
final class StoringCollector implements BatchCollector {

    private static final long MOST_COUNTED = 1_000_000;
    /** A job has the name, a time and a number. */
    private static final Pattern NAME = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]{1,170}");

    private final String name;
    private final String client;
    private final JobEnvironment jobs;
    private final CollectedRequests requests;
    private final Collectors collectors;
    private final Asks asks;
    private final LineCheck check;

    StoringCollector(String name, String client, JobEnvironment jobs, Collectors collectors, Asks asks) {
        if (name == null || name.isBlank() || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A collector needs a name of 1 to 170 characters, none of them a control character");
        }
        this.name = name;
        this.client = client;
        this.jobs = jobs;
        this.requests = jobs.store().collected();
        this.collectors = collectors;
        this.asks = asks;
        this.check = new LineCheck(jobs.clients().apply(client).settings().limits());
    }

    @Override
    public String name() {
        return name;
    }

    private Collector of(String endpoint) {
        return new Collector(name, client, endpoint);
    }

    @Override
    public boolean add(BatchRequest request) {
        return store(request, true);
    }

    private boolean store(BatchRequest request, boolean joins) {
        check.check(request);
        byte[] line = request.toLine();
        Entry entry = new Entry(request.customId(), Arrays.copyOf(line, line.length - 1),
                HexFormat.of().formatHex(Sha256.digest().digest(line)), jobs.clock().instant());
        Collector collector = of(request.url());
        boolean isNew = requests.add(collector, entry, joins);
        if (isNew) {
            jobs.queue().scheduleLazily(Task.collect(collector), jobs.clock().instant());
        }
        return isNew;
    }

    @Override
    public CompletionStage<BatchResult> ask(BatchRequest request) {
        jobs.store().requireCommitted();
        store(request, false);
        return asks.await(of(request.url()), request.customId());
    }

    @Override
    public void flush() {
        jobs.store().requireCommitted();
        requests.open().stream().filter(this::isOurs).forEach(collector -> {
            collectors.flush(collector, true);
            jobs.queue().schedule(Task.collect(collector), jobs.clock().instant());
        });
    }

    @Override
    public long waiting() {
        return requests.open().stream().filter(this::isOurs)
                .mapToLong(collector -> requests.waiting(collector, MOST_COUNTED).lines()).sum();
    }

    private boolean isOurs(Collector collector) {
        return collector.name().equals(name) && collector.client().equals(client);
    }
}
