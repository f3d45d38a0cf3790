package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.job.StoredJobs;
import io.quarkiverse.openai.batch.cli.progress.Terminal;
import io.quarkiverse.openai.batch.cli.report.ReportTable;
import io.quarkiverse.openai.batch.job.BatchJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Lists the jobs, the oldest first.")
class ListCommand implements Callable<Integer> {

    private static final long BETWEEN_LOOKS = 2_000;
    /** Clears the screen and goes to its first line (ECMA-48). */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Inject
    StoredJobs jobs;

    @Mixin
    DirectoryOption place;

    @Option(names = { "-w", "--watch" }, description = "Shows the table again every two seconds, until Ctrl-C.")
    boolean watch;

    @Override
    public Integer call() throws IOException, InterruptedException {
        show();
        while (watch) {
            Thread.sleep(BETWEEN_LOOKS);
            show();
        }
        return ExitCode.OK;
    }

    private void show() throws IOException {
        String table = new ReportTable(jobs.list(place.directory).stream().map(BatchJob::report).toList()).toString();
        System.out.println(watch && Terminal.isThere() ? CLEAR + table : table);
    }
}
