package io.quarkiverse.openai.batch.benchmarks.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.benchmarks.data.Tally;
import io.quarkiverse.openai.batch.benchmarks.ours.RequestsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.ours.ResultsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.work.Settings;
import io.quarkiverse.openai.batch.benchmarks.work.Task;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;

/**
 * The least that a job must do: write files of requests with checks; then, for each batch, copy and digest its results twice,
 * scan them once for ids and statuses, and read them once as objects.
 */
public final class FloorStages {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Settings settings;

    public FloorStages(Settings settings) {
        this.settings = settings;
    }

    public Map<String, Task> tasks() {
        return Map.of("spool", this::spool, "collect", this::collect);
    }

    private Tally spool() throws IOException {
        for (int batch = 0; batch < settings.batches(); batch++) {
            Path file = file("requests-" + batch);
            Files.deleteIfExists(file);
            RequestWriter.withLimits(LineLimits.OPENAI)
                    .write(RequestsOfJsonl.requests(batch * Settings.LINES_A_BATCH, settings.linesOf(batch)), file);
        }
        return new Tally(settings.jobLines(), 0, 0);
    }

    private Tally collect() throws IOException {
        Tally.Sum sum = new Tally.Sum();
        for (int batch = 0; batch < settings.batches(); batch++) {
            Path download = file("download-" + batch);
            Path copy = file("copy-" + batch);
            copy(settings.batchResults(batch), download);
            copy(download, copy);
            if (answered(copy) != settings.linesOf(batch)) {
                throw new IllegalStateException("Not all lines of " + copy + " are answered");
            }
            try (InputStream in = Files.newInputStream(copy)) {
                new ResultsOfJsonl().read(in, sum);
            }
        }
        return sum.tally();
    }

    private Path file(String name) {
        return settings.directory().resolve("floor-" + name + ".jsonl");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), MessageDigest.getInstance("SHA-256"));
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[64 << 10];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of lines with an id and the status 200. */
    private static int answered(Path file) {
        int answered = 0;
        String id = null;
        int status = 0;
        try (JsonParser parser = FACTORY.createParser(Files.newInputStream(file))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("custom_id")) {
                        id = parser.getText();
                    } else if (name.equals("status_code")) {
                        status = parser.getIntValue();
                    } else if (name.equals("body")) {
                        parser.skipChildren();
                    }
                } else if (token == JsonToken.END_OBJECT && parser.getParsingContext().inRoot()) {
                    answered += id != null && status == 200 ? 1 : 0;
                    id = null;
                    status = 0;
                }
            }
            return answered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
