package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.JobName;
import io.quarkiverse.openai.batch.cli.run.Run;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Gets an answer to every line of a file: runs a job of as many batches as it takes, waits for it, and writes the "
                + "answers in the order of the lines.",
        "The job is kept: however the command ends, the same command continues it, and pays nothing twice.",
        "Exit code: 0 if every line has an answer, 1 if some have not or the job cannot continue, 2 if the command or the input "
                + "is wrong, 130 after Ctrl-C." })
class RunCommand implements Callable<Integer> {

    @Inject
    Run run;

    @Mixin
    InputOptions input;

    @Mixin
    OutputOption output;

    @Option(names = { "-j", "--job" }, paramLabel = "NAME", converter = NamedJob.Name.class, description = {
            "The name of the job; by default that of the input file." })
    Optional<JobName> job;

    @Mixin
    JobOptions options;

    @Mixin
    PriceOption price;

    @Mixin
    DirectoryOption place;

    @ArgGroup(exclusive = false)
    EmulatorFlags emulator;

    @Override
    public Integer call() throws IOException {
        return run.run(input.file(), input.choices(), options.choices(), price.prices(), folder(),
                output.answers(input.file()));
    }

    private JobFolder folder() {
        JobName name = job.orElseGet(() -> JobName.of(input.file));
        return emulator == null ? place.folder(name) : EmbeddedEmulator.folder(name);
    }
}
