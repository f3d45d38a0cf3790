package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

class AWrongConfigurationIsToldIT {

    @ParameterizedTest
    @CsvSource({ "BASE_URL, nonsense, quarkus.openai-batch.base-url must be an http or https URL",
            "BASE_URL, https://user:hidden@localhost/v1, quarkus.openai-batch.base-url must be an http or https URL",
            "PROVIDER, nobody, 'quarkus.openai-batch.provider must not be \"nobody\": it is one of '",
            "CONNECT_TIMEOUT, soon, 'quarkus.openai-batch.connect-timeout must not be \"soon\": Invalid duration: soon'" })
    void inOneLineAndWithExitCode2(String variable, String value, String message, @TempDir Path directory) throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorOptions.defaults());
                PackagedTool tool = new PackagedTool(emulator, directory).with("QUARKUS_OPENAI_BATCH_" + variable, value)) {
            assertThat(tool.run("list")).isEqualTo(2);
            assertThat(tool.stderr().lines()).singleElement().asString().startsWith("Error: ").contains(message)
                    .doesNotContain("hidden", "Exception", "SRCFG");
        }
    }
}
