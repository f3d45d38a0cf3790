package io.quarkiverse.openai.batch.cli.job;

import java.nio.file.Path;

/**
 * Where a job is kept: a folder of its own, so that a command continues its job and no other.
 *
 * @param directory the directory of all jobs
 * @param temporary whether it goes with this process
 */
public record JobFolder(Path directory, JobName name, boolean temporary) {

    Path path() {
        return directory.resolve(name.text());
    }
}
