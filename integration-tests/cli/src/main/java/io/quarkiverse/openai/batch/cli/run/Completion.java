package io.quarkiverse.openai.batch.cli.run;

import static picocli.CommandLine.ExitCode.OK;
import static picocli.CommandLine.ExitCode.SOFTWARE;

import java.io.IOException;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.cli.answer.Answers;
import io.quarkiverse.openai.batch.cli.answer.Written;
import io.quarkiverse.openai.batch.cli.job.ActiveJob;
import io.quarkiverse.openai.batch.cli.report.ReportText;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.ResultOrder;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/** Takes a job to its end, and writes its answers and its report. */
@Singleton
public class Completion {

    @Inject
    ActiveJob activeJob;

    /**
     * The exit code: 0 if every line has an answer, else 1.
     *
     * @param lines how many lines the job has
     */
    public int of(BatchJob job, long lines, Answers answers) throws IOException {
        JobReport report = activeJob.await(job, lines);
        Written written = answers.write(job.results(ResultOrder.INPUT));
        System.out.println(ReportText.of(report).with("Cut", written.cutAnswers()).with("Answers", answers.file()));
        return report.count(Outcome.SUCCEEDED) == lines ? OK : SOFTWARE;
    }
}
