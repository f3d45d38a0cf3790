package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.LineError;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/** The results of a collected chunk: of the lines of its files those that count, and those that no file has. */
public final class ChunkResults {

    private static final int ERRORS_REPORTED = 10;

    private final JobDirectory directory;
    private final ChunkRow chunk;
    private final Path output;
    private final Path errors;

    public ChunkResults(JobDirectory directory, ChunkRow chunk) {
        this(directory, chunk, directory.file(chunk, ChunkFile.OUTPUT), directory.file(chunk, ChunkFile.ERRORS));
    }

    /** With copies of the provider's files that are elsewhere. */
    public ChunkResults(JobDirectory directory, ChunkRow chunk, Path output, Path errors) {
        this.directory = directory;
        this.chunk = chunk;
        this.output = output;
        this.errors = errors;
    }

    private BitSet chosen() throws IOException {
        Path file = directory.file(chunk, ChunkFile.CHOSEN);
        return Files.exists(file) ? BitSet.valueOf(Files.readAllBytes(file)) : new BitSet();
    }

    /** The stream must be closed. */
    public Stream<BatchResult> stream() throws IOException {
        Stream<BatchResult> unanswered = SyntheticResults.read(directory.file(chunk, ChunkFile.UNANSWERED));
        if (!Files.exists(output)) {
            return unanswered;
        }
        BitSet chosen = chosen();
        Stream<BatchResult> lines = JsonlReader.results(output, errors).stream();
        int[] number = { 0 };
        return Stream.concat(lines.filter(result -> chosen.get(number[0]++)), unanswered);
    }

    /** How many of them came to what. */
    public Tally count() throws IOException {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        long[] unpaid = { 0 };
        List<String> errors = new ArrayList<>();
        Usage[] usage = { Usage.NONE };
        try (Stream<BatchResult> lines = stream()) {
            lines.forEach(result -> {
                outcomes.merge(result.outcome(), 1L, Long::sum);
                unpaid[0] += isUnpaid(result) ? 1 : 0;
                usage[0] = usage[0].plus(result.usage());
                if (!result.succeeded() && errors.size() < ERRORS_REPORTED) {
                    errors.add(code(result));
                }
            });
        }
        return Tally.of(outcomes, unpaid[0], usage[0], errors);
    }

    /** Lines of a refused batch have no status, but nothing of it was run. */
    private boolean isUnpaid(BatchResult result) {
        Payment payment = Payment.of(result);
        return payment == Payment.UNPAID || payment == Payment.REFUSED || payment == Payment.UNKNOWN_ERROR
                && chunk.batchFailed();
    }

    private static String code(BatchResult result) {
        LineError error = result.error();
        String code = error == null || error.code() == null ? result.outcome().name().toLowerCase(Locale.ROOT)
                : error.code();
        return result.statusCode() == 0 ? SafeText.of(code, 100) : result.statusCode() + " " + SafeText.of(code, 100);
    }

    /** Takes the results of these lines away. */
    void remove(Set<String> ids) throws IOException {
        BitSet chosen = chosen();
        if (Files.exists(output)) {
            int[] number = { 0 };
            JsonlReader.results(output, errors).forEach(result -> {
                int line = number[0]++;
                if (chosen.get(line) && ids.contains(result.customId())) {
                    chosen.clear(line);
                }
            });
        }
        Path unanswered = directory.file(chunk, ChunkFile.UNANSWERED);
        Path left = directory.draft(chunk.job(), ".unanswered");
        SyntheticResults.copy(unanswered, left, result -> !ids.contains(result.customId()));
        Files.move(left, unanswered, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path bits = directory.draft(chunk.job(), ".chosen");
        Files.write(bits, chosen.toByteArray());
        Files.move(bits, directory.file(chunk, ChunkFile.CHOSEN), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
