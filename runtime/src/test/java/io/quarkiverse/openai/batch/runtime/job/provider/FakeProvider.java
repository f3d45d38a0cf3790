package io.quarkiverse.openai.batch.runtime.job.provider;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Counts;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Reason;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;

/**
 * A provider in memory with a clock of its own. A test runs the lines of batches itself.
 */
public final class FakeProvider extends ScriptedCalls implements BatchProvider {

    private static final Pattern CUSTOM_ID = Pattern.compile("\"custom_id\":\"([^\"]*)\"");
    private static final String ANSWER = """
            {"custom_id":"%s","response":{"status_code":%d,"body":%s}}
            """;
    private static final String BODY = """
            {"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    private record File(String id, String name, byte[] bytes) {
    }

    private final InstantSource clock;
    private final Map<String, File> files = new LinkedHashMap<>();
    private final Map<String, RemoteBatch> batches = new LinkedHashMap<>();
    private final Map<String, Instant> shownFrom = new HashMap<>();
    private final Map<String, Integer> paid = new TreeMap<>();
    private int ids;
    /** How long after it was created a batch appears in the listing. */
    public Duration lag = Duration.ZERO;
    public int pageSize = 100;
    /** The largest file that is taken. */
    public long maxBytes = Long.MAX_VALUE;
    /** No file with this text can be uploaded; null for none. */
    public String refusedLine;
    /** Whether answers tell the server's time. */
    public boolean dated = true;
    public Capabilities capabilities = Capabilities.ALL;
    /** Says when a model ends. */
    public Function<String, Optional<LocalDate>> ends = model -> Optional.empty();
    /** Gets each file that is uploaded. */
    public Consumer<String> uploads = file -> {
    };
    /** How often a file of answers has each line. */
    public int copies = 1;
    /** The body of the answer to a line. */
    public Function<String, String> body = line -> BODY;
    /** The listing, page by page. */
    public Function<String, BatchPage> pages = this::page;
    /** What is done with a batch before it is shown. */
    public UnaryOperator<RemoteBatch> view = UnaryOperator.identity();

    public FakeProvider(InstantSource clock) {
        this.clock = clock;
    }

    private static <T> T known(T found) {
        if (found == null) {
            throw failure(Kind.NOT_FOUND);
        }
        return found;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public String upload(Path requests, String name) {
        return call(Verb.UPLOAD, () -> {
            try {
                if (refusedLine != null && Files.readString(requests).contains(refusedLine)) {
                    throw failure(Kind.TRANSIENT);
                }
                if (Files.size(requests) > maxBytes) {
                    throw failure(Kind.TOO_LARGE);
                }
                uploads.accept(Files.readString(requests));
                return store(name, Files.readAllBytes(requests));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String store(String name, byte[] bytes) {
        File file = new File("file-" + ++ids, name, bytes);
        files.put(file.id(), file);
        return file.id();
    }

    @Override
    public List<RemoteFile> files(Set<String> names) {
        return call(Verb.FILES, () -> files.values().stream().filter(file -> names.contains(file.name()))
                .map(FakeProvider::shown).collect(Collectors.collectingAndThen(Collectors.toList(), newest -> {
                    Collections.reverse(newest);
                    return newest;
                })));
    }

    private static RemoteFile shown(File file) {
        return new RemoteFile(file.id(), file.name(), (long) file.bytes().length);
    }

    @Override
    public Optional<LocalDate> end(String model) {
        return ends.apply(model);
    }

    @Override
    public RemoteBatch create(NewBatch batch) {
        return call(Verb.CREATE, () -> view.apply(add(known(files.get(batch.file())).id(), clock.instant())));
    }

    /** Adds a batch, of somebody else perhaps. */
    public RemoteBatch add(String file, Instant createdAt) {
        RemoteBatch batch = new RemoteBatch("batch-" + ++ids, State.RUNNING, "in_progress", file, createdAt, null,
                new Counts(0, 0, 0), null, null, List.of());
        batches.put(batch.id(), batch);
        shownFrom.put(batch.id(), createdAt.plus(lag));
        return batch;
    }

    @Override
    public BatchPage list(String cursor) {
        return call(Verb.LIST, () -> pages.apply(cursor));
    }

    public BatchPage page(String cursor) {
        List<RemoteBatch> all = new ArrayList<>(batches.values().stream()
                .filter(batch -> !shownFrom.get(batch.id()).isAfter(clock.instant())).toList());
        Collections.reverse(all);
        all.sort(Comparator.comparing(RemoteBatch::createdAt).reversed());
        int from = cursor == null ? 0 : all.stream().map(RemoteBatch::id).toList().indexOf(cursor) + 1;
        List<RemoteBatch> items = all.subList(from, Math.min(all.size(), from + pageSize));
        return new BatchPage(items.stream().map(view).toList(),
                from + pageSize < all.size() ? items.get(items.size() - 1).id() : null, dated ? clock.instant() : null);
    }

    @Override
    public RemoteBatch retrieve(String batch) {
        return call(Verb.RETRIEVE, () -> view.apply(known(batches.get(batch))));
    }

    @Override
    public void stop(String batch) {
        call(Verb.STOP, () -> known(batches.get(batch)).hasEnded() ? null : end(batch, State.CANCELLED, 0, 0));
    }

    @Override
    public RemoteFile file(String file) {
        return call(Verb.FILE, () -> shown(known(files.get(file))));
    }

    @Override
    public InputStream content(String file) {
        return call(Verb.CONTENT, () -> new ByteArrayInputStream(known(files.get(file)).bytes()));
    }

    @Override
    public void delete(String file) {
        call(Verb.DELETE, () -> files.remove(file));
    }

    /**
     * Ends a batch, and pays for the lines that succeed.
     *
     * @param succeeded how many lines, from the first one, are answered
     * @param failed how many of those after them get an error 400
     */
    public RemoteBatch end(String id, State state, int succeeded, int failed) {
        RemoteBatch batch = batches.get(id);
        List<String> lines = lines(batch);
        lines.subList(0, succeeded).forEach(line -> paid.merge(line, 1, Integer::sum));
        String output = succeeded == 0 ? null : store("output", answers(lines.subList(0, succeeded), 200));
        String errors = failed == 0 ? null : store("errors", answers(lines.subList(succeeded, succeeded + failed), 400));
        return change(id, old -> new RemoteBatch(id, state, state.name().toLowerCase(Locale.ROOT), old.inputFile(),
                old.createdAt(), old.expiresAt(), new Counts(lines.size(), succeeded, failed), output, errors, List.of()));
    }

    private byte[] answers(List<String> lines, int status) {
        return lines.stream().flatMap(line -> Collections.nCopies(copies, line).stream())
                .map(line -> ANSWER.formatted(line, status, body.apply(line))).collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A batch is refused, and nothing of it is run. */
    public RemoteBatch refuse(String id, Reason... reasons) {
        return change(id, old -> new RemoteBatch(id, State.FAILED, "failed", old.inputFile(), old.createdAt(), null, null,
                null, null, List.of(reasons)));
    }

    public RemoteBatch change(String id, UnaryOperator<RemoteBatch> change) {
        return batches.compute(id, (same, old) -> change.apply(old));
    }

    /** All batches that run are completed. */
    public void complete() {
        batches().stream().filter(batch -> !batch.hasEnded())
                .forEach(batch -> end(batch.id(), State.COMPLETED, lines(batch).size(), 0));
    }

    private List<String> lines(RemoteBatch batch) {
        File input = files.get(batch.inputFile());
        Matcher ids = CUSTOM_ID.matcher(input == null ? "" : new String(input.bytes(), StandardCharsets.UTF_8));
        return ids.results().map(id -> id.group(1)).toList();
    }

    /** The oldest first. */
    public List<RemoteBatch> batches() {
        return List.copyOf(batches.values());
    }

    public void forget(String id) {
        batches.remove(id);
        files.remove(id);
    }

    public Set<String> fileNames() {
        return files.values().stream().map(File::name).collect(Collectors.toSet());
    }

    /** How often each line was paid. */
    public Map<String, Integer> paid() {
        return paid;
    }
}
