package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.job.StoredJobs;
import io.quarkiverse.openai.batch.cli.report.ReportText;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Shows how a job stands, and what became of its lines.")
class ShowCommand implements Callable<Integer> {

    @Inject
    StoredJobs jobs;

    @Mixin
    NamedJob named;

    @Override
    public Integer call() throws IOException {
        System.out.println(ReportText.inFull(jobs.get(named.folder()).report()));
        return ExitCode.OK;
    }
}
