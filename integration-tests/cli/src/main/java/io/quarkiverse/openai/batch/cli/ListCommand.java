package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.job.StoredJobs;
import io.quarkiverse.openai.batch.cli.report.ReportTable;
import io.quarkiverse.openai.batch.job.BatchJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Lists the jobs, the oldest first.")
class ListCommand implements Callable<Integer> {

    @Inject
    StoredJobs jobs;

    @Mixin
    DirectoryOption place;

    @Override
    public Integer call() throws IOException {
        System.out.println(new ReportTable(jobs.list(place.directory).stream().map(BatchJob::report).toList()));
        return ExitCode.OK;
    }
}
