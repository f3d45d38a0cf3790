package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.job.ActiveJob;
import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.StoredJobs;
import io.quarkiverse.openai.batch.cli.report.ReportText;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.Prices;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(name = "cancel", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Cancels a job and its batches at the provider, and waits until what was answered is collected." })
class CancelCommand implements Callable<Integer> {

    @Inject
    StoredJobs jobs;

    @Inject
    ActiveJob activeJob;

    @Mixin
    NamedJob named;

    @Override
    public Integer call() throws IOException {
        JobFolder folder = named.folder();
        long lines = jobs.get(folder).report().lines();
        activeJob.open(folder, Prices.none());
        try {
            BatchJob job = activeJob.get();
            job.cancel();
            System.out.println(ReportText.of(activeJob.await(job, lines)));
            return ExitCode.OK;
        } finally {
            activeJob.close();
        }
    }
}
