package io.quarkiverse.openai.batch.cli;

import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.JobName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The job that a command is about. */
class NamedJob {

    @Parameters(paramLabel = "NAME", converter = Name.class, description = "The name of the job.")
    JobName name;

    @Mixin
    DirectoryOption place;

    JobFolder folder() {
        return place.folder(name);
    }

    static class Name implements ITypeConverter<JobName> {

        @Override
        public JobName convert(String text) {
            try {
                return new JobName(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
