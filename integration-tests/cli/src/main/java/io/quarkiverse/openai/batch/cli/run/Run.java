package io.quarkiverse.openai.batch.cli.run;

import static picocli.CommandLine.ExitCode.OK;
import static picocli.CommandLine.ExitCode.SOFTWARE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.cli.answer.Answers;
import io.quarkiverse.openai.batch.cli.answer.Answers.Tally;
import io.quarkiverse.openai.batch.cli.input.Input;
import io.quarkiverse.openai.batch.cli.input.InputIds;
import io.quarkiverse.openai.batch.cli.input.PreparedRequests;
import io.quarkiverse.openai.batch.cli.input.RequestChoices;
import io.quarkiverse.openai.batch.cli.progress.Progress;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;

/** From the input to the answers. What is told on the way goes to standard error, the summary to standard output. */
@Singleton
public class Run {

    @Inject
    BatchRun batchRun;

    @Inject
    ResultFiles resultFiles;

    /** The exit code: 0 if every line has an answer, else 1. */
    public int run(Path inputFile, RequestChoices choices, Path output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Input input = Input.of(inputFile);
        Answers answers = new Answers(output);
        WorkDirectory work = new WorkDirectory();
        PreparedRequests requests = input.requests(choices, work.file("requests.jsonl"));
        Batch batch = runBatch(requests);
        if (batch.status() == BatchStatus.FAILED) {
            System.err.println(BatchFailure.describe(batch));
            return SOFTWARE;
        }
        List<Path> results = resultFiles.download(batch, work);
        try (InputIds ids = input.ids()) {
            Tally tally = answers.write(ids, results);
            if (tally.foreign() > 0) {
                System.err.printf("Result lines that answer no line of the input: %d%n", tally.foreign());
            }
            System.out.println(Summary.of(batch, tally, Duration.ofNanos(System.nanoTime() - start), output));
            return tally.failed() == 0 ? OK : SOFTWARE;
        }
    }

    private Batch runBatch(PreparedRequests requests) throws InterruptedException {
        Batch created = batchRun.start(requests);
        System.err.printf("Batch %s of %d lines%n", created.id(), requests.lines());
        try (Progress progress = Progress.on(System.err, requests.lines())) {
            return batchRun.watch(created, progress);
        }
    }
}
