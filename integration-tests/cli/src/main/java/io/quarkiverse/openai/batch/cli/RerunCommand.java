package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.answer.Answers;
import io.quarkiverse.openai.batch.cli.job.ActiveJob;
import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.StoredJobs;
import io.quarkiverse.openai.batch.cli.run.Completion;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "rerun", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Sends lines of a job that has ended again, by their outcomes, and waits for them. They are billed again, and their "
                + "new answers take the place of the old.",
        "Exit code: as of run." })
class RerunCommand implements Callable<Integer> {

    @Inject
    StoredJobs jobs;

    @Inject
    ActiveJob activeJob;

    @Inject
    Completion completion;

    @Spec
    CommandSpec spec;

    @Option(names = "--outcome", paramLabel = "OUTCOME", split = ",", defaultValue = "failed,expired,cancelled", description = {
            "Which lines: failed, expired, cancelled, missing, malformed or succeeded; by default ${DEFAULT-VALUE}. Lines that "
                    + "are missing or malformed may have been paid." })
    Set<Outcome> outcomes;

    @Option(names = "--yes", description = "Also lines that have succeeded, which are paid a second time.")
    boolean yes;

    @Mixin
    OutputOption output;

    @Mixin
    PriceOption price;

    @Mixin
    NamedJob named;

    @Override
    public Integer call() throws IOException {
        if (outcomes.contains(Outcome.SUCCEEDED) && !yes) {
            throw new ParameterException(spec.commandLine(),
                    "Lines that have succeeded would be paid a second time: if that is meant, add --yes");
        }
        JobFolder folder = named.folder();
        long lines = jobs.get(folder).report().lines();
        Answers answers = output.answers(null);
        activeJob.open(folder, price.prices());
        try {
            BatchJob job = activeJob.get();
            System.err.printf("%d of %d lines are sent again%n", activeJob.rerun(outcomes), lines);
            return completion.of(job, lines, answers);
        } finally {
            activeJob.close();
        }
    }
}
