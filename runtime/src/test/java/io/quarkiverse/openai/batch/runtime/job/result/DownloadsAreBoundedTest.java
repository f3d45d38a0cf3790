package io.quarkiverse.openai.batch.runtime.job.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider.RemoteFile;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.result.ResultFiles.WrongSizeException;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;

class DownloadsAreBoundedTest {

    private static final long MOST = 1_000_000;

    @TempDir
    Path root;

    private Supplier<Long> stated = () -> null;
    private Supplier<InputStream> content;
    private long read;
    private int readings;
    private long nanos;
    private LongSupplier room = () -> Long.MAX_VALUE;

    private static ProviderException failure(int status) {
        return new ProviderException(status == 404 ? Kind.NOT_FOUND : Kind.TRANSIENT, "status " + status, null, null);
    }

    private BatchProvider provider() {
        return (BatchProvider) Proxy.newProxyInstance(BatchProvider.class.getClassLoader(),
                new Class<?>[] { BatchProvider.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "file" -> new RemoteFile("file-1", "file", stated.get());
                    case "content" -> counted(content.get());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private InputStream counted(InputStream in) {
        readings++;
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int bytes = in.read(buffer, from, length);
                read += Math.max(0, bytes);
                return bytes;
            }
        };
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A body without end, a part at a time. */
    private InputStream endless(int part, Duration pause) {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                nanos += pause.toNanos();
                return Math.min(part, length);
            }
        };
    }

    private Path download(boolean settled) throws IOException {
        Path target = root.resolve("target");
        new ResultFiles(provider(), MOST, settled, false).download(List.of("file-1"), target,
                new BoundedCopy(() -> nanos, room));
        return target;
    }

    @ParameterizedTest
    @ValueSource(longs = { 100, 10_000 })
    void aBodyWithoutEndIsReadToItsStatedSizeAndThenNoFurtherThanConfigured(long size) {
        stated = () -> size;
        content = () -> endless(1 << 16, Duration.ZERO);
        assertThatThrownBy(() -> download(true)).isInstanceOf(PauseException.class).hasMessageContaining("result-bytes");
        assertThat(read).isEqualTo(size + 1 + MOST + 1);
    }

    @Test
    void aBodyWithoutEndAndWithoutAStatedSizeIsReadOnceAndNoFurtherThanConfigured() {
        content = () -> endless(1 << 16, Duration.ZERO);
        assertThatThrownBy(() -> download(true)).isInstanceOf(PauseException.class);
        assertThat(read).isEqualTo(MOST + 1);
    }

    @Test
    void aStatedSizeAboveTheConfiguredOneIsBelieved() throws IOException {
        String large = "x".repeat((int) MOST + 10);
        stated = () -> MOST + 10L;
        content = () -> bytes(large);
        assertThat(download(false)).hasContent(large + "\n");
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void aFileThatIsLongerThanStatedCountsIfThreeReadingsAreEqual() throws IOException {
        String all = "x".repeat(500_000);
        stated = () -> 100L;
        content = () -> bytes(all);
        assertThat(download(false)).hasContent(all + "\n");
        assertThat(read).isEqualTo(101 + 3 * 500_000L);
    }

    @Test
    void aFileThatIsLongerThanStatedAndDiffersEachTimeIsReadAgainLater() {
        stated = () -> 100L;
        content = () -> bytes("x".repeat(200) + readings);
        assertThatThrownBy(() -> download(true)).isInstanceOf(WrongSizeException.class).hasMessageContaining("more came");
    }

    @Test
    void aFileThatIsShorterThanStatedCountsOnceItHadTimeToBecomeWhole() throws IOException {
        stated = () -> 100L;
        content = () -> bytes("short");
        assertThatThrownBy(() -> download(false)).isInstanceOf(WrongSizeException.class).hasMessageContaining("but 5 came");
        assertThat(readings).isEqualTo(1);
        assertThat(download(true)).hasContent("short\n");
    }

    @Test
    void aFileThatIsShorterThanStatedAndChangesIsReadAgainLater() {
        stated = () -> 100L;
        content = () -> bytes("short" + readings);
        assertThatThrownBy(() -> download(true)).isInstanceOf(WrongSizeException.class);
    }

    @ParameterizedTest
    @CsvSource({ "500, ", "404, ", "400, ", "200, ", "200, 0", "200, -7" })
    void contentIsReadWhateverBecomesOfItsMetadata(int status, Long bytes) throws IOException {
        stated = () -> {
            if (status != 200) {
                throw failure(status);
            }
            return bytes;
        };
        content = () -> bytes("answers");
        assertThat(download(false)).hasContent("answers\n");
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void aByteASecondEndsADownloadAfterAMinute() {
        stated = () -> 1_000_000L;
        content = () -> endless(1, Duration.ofSeconds(1));
        assertThatThrownBy(() -> download(false)).isInstanceOf(IOException.class).hasMessageContaining("too slow");
        assertThat(nanos).isEqualTo(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void aThousandBytesASecondAreFastEnough() throws IOException {
        stated = () -> 900_000L;
        content = () -> slow(900_000);
        assertThat(Files.size(download(false))).isEqualTo(900_001);
        assertThat(nanos).isGreaterThan(Duration.ofMinutes(14).toNanos());
    }

    /** A thousand bytes a second. */
    private InputStream slow(int size) {
        InputStream slow = endless(1_000, Duration.ofSeconds(1));
        return new InputStream() {
            private int left = size;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int bytes = left == 0 ? -1 : slow.read(buffer, from, Math.min(length, left));
                left -= Math.max(0, bytes);
                return bytes;
            }
        };
    }

    @Test
    void theReserveOfTheDiskStaysFree() {
        long[] free = { 20 << 20 };
        room = () -> free[0] - read;
        stated = () -> 1L << 40;
        content = () -> endless(1 << 16, Duration.ZERO);
        assertThatThrownBy(() -> download(false)).isInstanceOf(IOException.class).hasMessageContaining("disk");
        assertThat(read).isBetween(20L << 20, 28L << 20);
    }
}
