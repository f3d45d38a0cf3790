package io.quarkiverse.openai.batch.benchmarks.job;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.quarkiverse.openai.batch.benchmarks.work.Settings;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchPage;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Counts;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;

/**
 * A provider in this process, so that its work and the network are not measured. It takes no upload until it is told, and ends
 * all batches when it is told; their results are on the disk.
 */
final class DiskProvider implements BatchProvider {

    private static final String OUTPUT = "output-";

    private final Settings settings;
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch created;
    private final Map<String, RemoteBatch> batches = new ConcurrentHashMap<>();

    DiskProvider(Settings settings) {
        this.settings = settings;
        this.created = new CountDownLatch(settings.batches());
    }

    /** Takes uploads from now on. */
    void open() {
        open.countDown();
    }

    /** Waits until all batches are created. */
    void awaitBatches() throws InterruptedException {
        created.await();
    }

    /** All lines of all batches are answered. */
    void endAll() {
        batches.replaceAll((id, batch) -> batch(id, Integer.parseInt(id), State.COMPLETED, batch.createdAt()));
    }

    private RemoteBatch batch(String id, int number, State state, Instant createdAt) {
        int lines = settings.linesOf(number);
        boolean ended = state == State.COMPLETED;
        return new RemoteBatch(id, state, state.name(), "file-" + number, createdAt, null,
                new Counts(lines, ended ? lines : 0, 0), ended ? OUTPUT + number : null, null, List.of());
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.ALL;
    }

    @Override
    public String upload(Path requests, String name) {
        try (BufferedReader lines = Files.newBufferedReader(requests)) {
            open.await();
            String line = lines.readLine();
            String id = line.replaceFirst(".*?\"custom_id\":\"review-(\\d+)\".*", "$1");
            return "file-" + Integer.parseInt(id) / Settings.LINES_A_BATCH;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<RemoteFile> files(Set<String> names) {
        return List.of();
    }

    @Override
    public RemoteBatch create(NewBatch batch) {
        String id = batch.file().substring("file-".length());
        RemoteBatch running = batch(id, Integer.parseInt(id), State.RUNNING, Instant.now());
        batches.put(id, running);
        created.countDown();
        return running;
    }

    @Override
    public BatchPage list(String cursor) {
        return new BatchPage(new ArrayList<>(batches.values()), null, Instant.now());
    }

    @Override
    public RemoteBatch retrieve(String batch) {
        return batches.get(batch);
    }

    @Override
    public void stop(String batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RemoteFile file(String file) {
        try {
            return new RemoteFile(file, file, Files.size(results(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path results(String file) {
        return settings.batchResults(Integer.parseInt(file.substring(OUTPUT.length())));
    }

    @Override
    public InputStream content(String file) {
        try {
            return Files.newInputStream(results(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String file) {
        throw new UnsupportedOperationException();
    }
}
