package io.quarkiverse.openai.batch.runtime.job.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ScratchFilesAreOfOneProcessTest {

    @TempDir
    Path temporary;

    private Path root() {
        return temporary.resolve("scratch");
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> all = Files.list(root())) {
            return all.toList();
        }
    }

    @Test
    void theFolderIsMadeAtTheFirstUseAndDeletedAtTheEnd() throws IOException {
        Scratch scratch = new Scratch(root());
        assertThat(root()).doesNotExist();
        Path file = scratch.newFile(".sorted");
        Files.writeString(file, "some bytes");
        assertThat(file).hasFileName(file.getFileName().toString()).isRegularFile();
        assertThat(scratch.newFile(".sorted")).isNotEqualTo(file).hasParent(file.getParent());
        scratch.close();
        assertThat(folders()).isEmpty();
        assertThatThrownBy(() -> scratch.newFile("")).isInstanceOf(EpochEndedException.class);
        assertThat(folders()).isEmpty();
    }

    @Test
    void aScratchThatWasNotUsedLeavesNothing() {
        new Scratch(root()).close();
        assertThat(root()).doesNotExist();
    }

    @Test
    void whatADeadProcessLeftIsDeletedAndWhatALivingOneHasStays() throws IOException {
        Path dead = Files.createDirectories(root().resolve("process-of-the-past"));
        Files.writeString(dead.resolve("answers"), "text");
        Path foreign = Files.createDirectories(root().resolve("pictures"));
        try (Scratch living = new Scratch(root())) {
            Path file = living.newFile("");
            try (Scratch next = new Scratch(root())) {
                next.newFile("");
                assertThat(file).exists();
                assertThat(dead).doesNotExist();
            }
            assertThat(file).exists();
        }
        assertThat(folders()).containsExactly(foreign);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseReadsIt() throws IOException {
        try (Scratch scratch = new Scratch(root())) {
            Path file = scratch.newFile("");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            for (Path folder : List.of(file.getParent(), root())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.createSymbolicLink(root(), elsewhere);
        try (Scratch scratch = new Scratch(root())) {
            assertThatThrownBy(() -> scratch.newFile("")).isInstanceOf(IOException.class).hasMessageContaining("is a link");
        }
        assertThat(elsewhere).isEmptyDirectory();
    }
}
