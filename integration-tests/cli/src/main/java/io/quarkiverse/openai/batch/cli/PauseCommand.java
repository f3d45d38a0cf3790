package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.PausedJob;
import io.quarkiverse.openai.batch.cli.job.StoredJobs;
import io.quarkiverse.openai.batch.cli.report.ReportText;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(name = "pause", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Pauses a job, also if another process runs it, which then ends. Batches continue at the provider." })
class PauseCommand implements Callable<Integer> {

    @Inject
    StoredJobs jobs;

    @Inject
    PausedJob pausedJob;

    @Mixin
    NamedJob named;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JobFolder folder = named.folder();
        jobs.get(folder);
        System.out.println(ReportText.of(pausedJob.pause(folder)));
        return ExitCode.OK;
    }
}
