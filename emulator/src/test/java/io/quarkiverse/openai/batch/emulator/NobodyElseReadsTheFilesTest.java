package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;

@DisabledOnOs(OS.WINDOWS)
class NobodyElseReadsTheFilesTest {

    @TempDir
    Path temporary;

    @Test
    void norTheirFolder() throws IOException {
        Path directory = temporary.resolve("parent").resolve("files");
        try (Emulator emulator = Emulator.start(Emulators.options().speed(1).directory(directory).build())) {
            emulator.faults().add(new BatchFault().shuffled().lines(LineFault.of(Kind.FAILING, 0.5)).always());
            Client client = new Client(emulator);
            String batch = client.createChatBatch(Client.chatLines(20));
            emulator.clock().advance(Emulators.LONG_ENOUGH);
            assertThat(client.batch(batch).get("status").asText()).isEqualTo("completed");
            assertAllAreOfTheOwner(directory);
        }
    }

    private static void assertAllAreOfTheOwner(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all).hasSize(4).allSatisfy(path -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }
}
