package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.answer.Answers;
import io.quarkiverse.openai.batch.cli.job.ActiveJob;
import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.StoredJobs;
import io.quarkiverse.openai.batch.cli.run.Completion;
import io.quarkiverse.openai.batch.job.BatchJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "resume", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Continues a job, and agrees to what it was paused for: that its canary failed, or that it is expected to use more "
                + "than it may.",
        "Exit code: as of run." })
class ResumeCommand implements Callable<Integer> {

    @Inject
    StoredJobs jobs;

    @Inject
    ActiveJob activeJob;

    @Inject
    Completion completion;

    @Mixin
    OutputOption output;

    @Mixin
    PriceOption price;

    @Mixin
    NamedJob named;

    @Override
    public Integer call() throws IOException {
        JobFolder folder = named.folder();
        jobs.get(folder);
        Answers answers = output.answers(null);
        activeJob.open(folder, price.prices());
        try {
            BatchJob job = activeJob.resume();
            return completion.of(job, job.report().lines(), answers);
        } finally {
            activeJob.close();
        }
    }
}
