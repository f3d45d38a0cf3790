package io.quarkiverse.openai.batch.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.endurance.scale.Scale;

/** {@code Scale} itself takes a million lines through 256 MB. */
class LongJobsNeedLittleHeapIT {

    @Test
    void fourHundredThousandLinesPassThrough128MB() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "scale-");
        Scale scale = new Scale(Path.of("target", "quarkus-app", "quarkus-run.jar"), directory, "128m");
        assertThat(scale.run(400_000, 50_000).batches()).isEqualTo(8);
    }
}
