package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.answer.Written;
import io.quarkiverse.openai.batch.cli.job.StoredJobs;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.ResultOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(name = "results", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Writes the answers of a job again: all in the order of the lines if it has ended, else those that are there." })
class ResultsCommand implements Callable<Integer> {

    @Inject
    StoredJobs jobs;

    @Mixin
    OutputOption output;

    @Mixin
    NamedJob named;

    @Override
    public Integer call() throws IOException {
        BatchJob job = jobs.get(named.folder());
        JobReport report = job.report();
        Written written = output.answers(null)
                .write(job.results(report.state().isTerminal() ? ResultOrder.INPUT : ResultOrder.COMPLETION));
        System.out.printf("%d of %d lines in %s%n", written.lines(), report.lines(), output.file);
        return ExitCode.OK;
    }
}
