package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.openai.Batches;
import io.quarkiverse.openai.batch.runtime.job.result.CustomIdLines;
import io.quarkiverse.openai.batch.runtime.job.result.ResultWriter;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/** Collects a chunk of a million lines, or as many as its argument says; every tenth failed, and the last come first. */
public final class MillionResults {

    private MillionResults() {
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        int lines = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        ChunkRow spooled = ChunkRow.spooled("a", 1, new ChunkRow.Input("file", lines, 1, 1, 1, "00", "model", 1, 0, false));
        Path output = write(root.resolve("output"), lines, n -> (lines - n) % 10 == 0 ? "" : result(lines - n - 1, 200));
        Path errors = write(root.resolve("errors"), lines, n -> n % 10 == 9 ? result(n, 400) : "");
        try (JobDirectory directory = JobDirectory.open(root.resolve("jobs"));
                FileOutput ids = FileOutput.of(directory, "a", ChunkFile.IDS)) {
            for (int n = 0; n < lines; n++) {
                ids.write(("line-" + n + "\n").getBytes(StandardCharsets.UTF_8));
            }
            collect(directory, spooled.with(ChunkFile.IDS, ids.finish()), output, errors);
        }
    }

    private static void collect(JobDirectory directory, ChunkRow chunk, Path output, Path errors) throws IOException {
        try (Stream<String> ids = CustomIdLines.of(directory, chunk);
                LineAccount account = new LineAccount(ids, (int) chunk.input().lines(), output, errors, Long.MAX_VALUE);
                ResultWriter results = new ResultWriter(directory, chunk);
                Stream<String> customIds = CustomIdLines.of(directory, chunk)) {
            ResendDecision decision = new ResendDecision(chunk, Rows.job("a"), JobSettings.of(LineLimits.OPENAI),
                    List.of(Batches.batch("{'id':'batch_1','status':'completed'}")), account, Judgement.NOTHING);
            BitSet resent = decision.resent();
            Tally tally = decision.write(results, customIds, resent);
            results.finish(List.of(), null);
            System.out.println(tally.succeeded() + " " + tally.failed());
        }
    }

    private interface Line {

        String of(int number);
    }

    private static Path write(Path file, int lines, Line line) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int n = 0; n < lines; n++) {
                String text = line.of(n);
                if (!text.isEmpty()) {
                    out.append(text).append('\n');
                }
            }
        }
        return file;
    }

    private static String result(int number, int status) {
        return ("{\"id\":\"r\",\"custom_id\":\"line-%d\",\"response\":{\"status_code\":%d,\"body\":{\"usage\":"
                + "{\"total_tokens\":5}}}}").formatted(number, status);
    }
}
