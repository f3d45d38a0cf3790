package io.quarkiverse.openai.batch.cli;

import java.nio.file.Path;

import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.JobName;
import picocli.CommandLine.Option;

/** Where jobs are. */
class DirectoryOption {

    @Option(names = { "-d", "--directory" }, paramLabel = "DIR", defaultValue = ".openai-batch", description = {
            "Where jobs are kept, each in a folder of its name; by default ${DEFAULT-VALUE}." })
    Path directory;

    JobFolder folder(JobName job) {
        return new JobFolder(directory, job, false);
    }
}
