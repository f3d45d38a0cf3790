package io.quarkiverse.openai.batch.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.cli.answer.Answers;
import io.quarkiverse.openai.batch.cli.input.CheckedRequests;
import io.quarkiverse.openai.batch.cli.input.Input;
import io.quarkiverse.openai.batch.cli.input.RequestChoices;
import io.quarkiverse.openai.batch.cli.job.ActiveJob;
import io.quarkiverse.openai.batch.cli.job.JobChoices;
import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.Prices;

/** From the input to the answers. Progress goes to standard error, the report to standard output. */
@Singleton
public class Run {

    @Inject
    ActiveJob activeJob;

    @Inject
    Completion completion;

    /** The exit code: 0 if every line has an answer, else 1. */
    public int run(Path inputFile, RequestChoices choices, JobChoices ofJob, Prices prices, JobFolder folder, Answers answers)
            throws IOException {
        Input input = Input.of(inputFile, choices);
        CheckedRequests requests = input.requests(choices);
        JobSpec spec = JobSpec.named(folder.name().text()).version(input.version(choices, ofJob.version()))
                .requests(requests.source());
        activeJob.open(folder, prices);
        try {
            BatchJob job = activeJob.submit(ofJob.of(spec, Instant.now()));
            input.defaultModel(choices).ifPresent(model -> System.err.println("Model " + model + ", as no --model is given"));
            return completion.of(job, requests.lines(), answers);
        } finally {
            activeJob.close();
        }
    }
}
