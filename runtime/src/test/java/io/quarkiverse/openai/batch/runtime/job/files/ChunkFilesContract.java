package io.quarkiverse.openai.batch.runtime.job.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that all {@link ChunkFiles} must pass. */
public abstract class ChunkFilesContract {

    protected static final String JOB = "a job / \u00e9";

    private static final int MIB = 1 << 20;

    protected abstract ChunkFiles files();

    /** Has a row name a file. */
    protected abstract void name(StoredFile file);

    /** Damages a file in its middle. */
    protected abstract void damage(StoredFile file) throws Exception;

    protected static byte[] content(int bytes, boolean compressible) {
        byte[] content = new byte[bytes];
        Random random = new Random(bytes);
        for (int n = 0; n < bytes; n++) {
            content[n] = (byte) (compressible ? "some words again ".charAt(n % 17) : random.nextInt());
        }
        return content;
    }

    protected StoredFile store(byte[] content) throws IOException {
        try (FileOutput out = FileOutput.of(files(), JOB, ChunkFile.RESULTS)) {
            out.write(content);
            StoredFile file = out.finish();
            name(file);
            return file;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 100, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 12_345 })
    void whatWasWrittenIsRead(int bytes) throws IOException {
        for (boolean compressible : new boolean[] { true, false }) {
            byte[] content = content(bytes, compressible);
            StoredFile file = store(content);
            assertThat(file.bytes()).isEqualTo(bytes);
            try (InputStream in = files().open(JOB, file)) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
            for (int offset : new int[] { 0, bytes / 3, bytes - 1, bytes }) {
                if (offset >= 0) {
                    try (InputStream in = files().openAt(JOB, file, offset)) {
                        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, offset, bytes));
                    }
                }
            }
        }
    }

    @Test
    void singleBytesAreReadToo() throws IOException {
        byte[] content = content(MIB + 3, false);
        try (InputStream in = files().open(JOB, store(content))) {
            for (byte expected : content) {
                assertThat(in.read() == (expected & 0xff)).isTrue();
            }
            assertThat(in.read()).isNegative();
        }
    }

    @Test
    void aFileOnDiskHasTheSameBytes() throws IOException {
        byte[] content = content(2 * MIB + 7, true);
        StoredFile file = store(content);
        Path path;
        try (LocalFile local = files().local(JOB, file)) {
            path = local.path();
            assertThat(Files.readAllBytes(path)).isEqualTo(content);
        }
        try (InputStream in = files().open(JOB, file)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void aDamagedFileIsNoticedAtItsEndAtTheLatest() throws Exception {
        StoredFile file = store(content(2 * MIB + 7, false));
        damage(file);
        assertThatThrownBy(() -> {
            try (InputStream in = files().open(JOB, file)) {
                in.readAllBytes();
            }
        }).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void aFileOfAnotherSizeIsDamaged() throws IOException {
        StoredFile file = store(content(100, true));
        StoredFile longer = new StoredFile(file.id(), 3 * MIB, file.sha256());
        assertThatThrownBy(() -> files().open(JOB, longer)).isInstanceOf(DamagedFileException.class);
        assertThatThrownBy(() -> files().openAt(JOB, longer, 5)).isInstanceOf(DamagedFileException.class);
        assertThatThrownBy(() -> files().local(JOB, longer)).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void aDraftThatNoRowNamesIsGoneAfterItIsClosed() throws IOException {
        StoredFile file;
        try (FileOutput out = FileOutput.of(files(), JOB, ChunkFile.RESULTS)) {
            out.write(content(MIB + 1, true));
            file = out.finish();
        }
        assertThatThrownBy(() -> files().open(JOB, file)).isInstanceOf(DamagedFileException.class);
    }

    @Test
    void anInterruptedThreadWritesAndReads() throws IOException {
        byte[] content = content(MIB + 1, true);
        Thread.currentThread().interrupt();
        StoredFile file = store(content);
        try (InputStream in = files().open(JOB, file)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(Thread.interrupted()).isTrue();
    }
}
