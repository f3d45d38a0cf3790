package io.quarkiverse.openai.batch.cli.run;

import static picocli.CommandLine.ExitCode.OK;
import static picocli.CommandLine.ExitCode.SOFTWARE;

import java.io.IOException;
import java.nio.file.Path;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.cli.answer.Answers;
import io.quarkiverse.openai.batch.cli.input.CheckedRequests;
import io.quarkiverse.openai.batch.cli.input.Input;
import io.quarkiverse.openai.batch.cli.input.RequestChoices;
import io.quarkiverse.openai.batch.cli.job.ActiveJob;
import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.report.ReportText;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.ResultOrder;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/** From the input to the answers. What is told on the way goes to standard error, the report to standard output. */
@Singleton
public class Run {

    @Inject
    ActiveJob activeJob;

    /** The exit code: 0 if every line has an answer, else 1. */
    public int run(Path inputFile, RequestChoices choices, JobFolder folder, Path output) throws IOException {
        Input input = Input.of(inputFile);
        Answers answers = new Answers(output);
        CheckedRequests requests = input.requests(choices);
        JobSpec spec = JobSpec.named(folder.name().text()).version(input.version(choices)).endpoint(requests.endpoint())
                .requests(requests.source());
        activeJob.open(folder);
        try {
            BatchJob job = activeJob.submit(spec);
            JobReport report = activeJob.await(job, requests.lines());
            answers.write(job.results(ResultOrder.INPUT));
            System.out.println(ReportText.of(report).with("Answers", output));
            return report.count(Outcome.SUCCEEDED) == requests.lines() ? OK : SOFTWARE;
        } finally {
            activeJob.close();
        }
    }
}
