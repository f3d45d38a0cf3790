package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.cli.answer.Written;
import io.quarkiverse.openai.batch.cli.report.BatchTable;
import io.quarkiverse.openai.batch.cli.report.BatchText;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "batches", mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND", description = {
        "Shows and controls any batch of the account, also those that no job of this tool made." })
class BatchesCommand {

    @Inject
    OpenAiBatch client;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the batches of the account, the newest first.")
    int list(@Option(names = { "-n", "--limit" }, paramLabel = "NUMBER", defaultValue = "20", description = {
            "How many at most; by default ${DEFAULT-VALUE}." }) long limit) {
        try (Stream<Batch> batches = client.batches().listAllBatches()) {
            System.out.println(new BatchTable(batches.limit(limit).toList()));
        }
        return ExitCode.OK;
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Shows a batch.")
    int get(@Parameters(paramLabel = "ID", description = "The id of the batch.") String id) {
        System.out.println(BatchText.of(client.batches().retrieveBatch(id)));
        return ExitCode.OK;
    }

    @Command(name = "watch", mixinStandardHelpOptions = true, description = {
            "Shows a batch again whenever it has changed, until it has ended.",
            "Exit code: 0 if it has completed, else 1." })
    int watch(@Parameters(paramLabel = "ID", description = "The id of the batch.") String id,
            @Option(names = "--every", paramLabel = "TIME", defaultValue = "10s", converter = Period.class, description = {
                    "How often it is looked at; by default ${DEFAULT-VALUE}." }) Duration every)
            throws InterruptedException {
        String shown = "";
        while (true) {
            Batch batch = client.batches().retrieveBatch(id);
            String line = BatchText.line(batch);
            if (!line.equals(shown)) {
                System.out.println(line);
            }
            if (batch.status().isTerminal()) {
                return batch.status() == BatchStatus.COMPLETED ? ExitCode.OK : ExitCode.SOFTWARE;
            }
            shown = line;
            Thread.sleep(every.toMillis());
        }
    }

    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancels a batch. It may take ten minutes to end.")
    int cancel(@Parameters(paramLabel = "ID", description = "The id of the batch.") String id) {
        System.out.println(BatchText.line(client.batches().cancelBatch(id)));
        return ExitCode.OK;
    }

    @Command(name = "results", mixinStandardHelpOptions = true, description = {
            "Writes the results of a batch that has ended, in the order in which the provider gives them." })
    int results(@Parameters(paramLabel = "ID", description = "The id of the batch.") String id, @Mixin OutputOption output)
            throws IOException {
        Batch batch = client.batches().retrieveBatch(id);
        List<String> files = new ArrayList<>();
        Stream.of(batch.outputFileId(), batch.errorFileId()).filter(file -> file != null).forEach(files::add);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("Batch %s has no result files; it is %s".formatted(batch.id(),
                    batch.statusText()));
        }
        Written written = output.answers(null).write(files.stream().flatMap(this::results));
        System.out.printf("%d lines in %s%n", written.lines(), output.file);
        return ExitCode.OK;
    }

    private Stream<BatchResult> results(String file) {
        return JsonlReader.results(client.files().fileContent(file)).stream();
    }
}
