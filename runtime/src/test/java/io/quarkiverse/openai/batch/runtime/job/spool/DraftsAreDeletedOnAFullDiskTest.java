package io.quarkiverse.openai.batch.runtime.job.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;

@EnabledOnOs({ OS.LINUX, OS.MAC })
class DraftsAreDeletedOnAFullDiskTest {

    private static final int BLOCKS = 600;

    @TempDir
    Path root;

    /** A limit of the size of files fails a write in the same place as a full disk. */
    @Test
    void allOfThemAndTheirDescriptors() throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "ulimit -f " + BLOCKS + "; exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:-UsePerfData",
                "-Xshare:off",
                "-cp", System.getProperty("java.class.path"), FullDisk.class.getName(), root.toString())
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertThat(output).isEqualTo("10 failures, 0 drafts, 0 open");
    }

    /** Spools chunks that are too large, of several models, as often as the engine would retry them. */
    static final class FullDisk {

        private FullDisk() {
        }

        public static void main(String[] arguments) throws IOException {
            int failures = 0;
            Path jobs = Path.of(arguments[0]);
            try (SpoolBench bench = new SpoolBench(jobs)) {
                for (int attempt = 0; attempt < 10; attempt++) {
                    try {
                        bench.spool("large", LineLimits.OPENAI, () -> IntStream.range(0, 2_000)
                                .mapToObj(n -> BatchRequest.chat("line-" + n, "model-" + n % 3, "x".repeat(1_000))));
                    } catch (IOException full) {
                        failures++;
                    }
                }
                try (Stream<Path> files = Files.walk(jobs)) {
                    long drafts = files.filter(file -> file.getFileName().toString().startsWith("draft")).count();
                    System.out.printf("%d failures, %d drafts, %d open%n", failures, drafts, open(jobs));
                }
            }
        }

        /** Descriptors of files of the jobs, where the system shows them. */
        private static long open(Path jobs) throws IOException {
            Path descriptors = Path.of("/proc/self/fd");
            if (!Files.exists(descriptors)) {
                return 0;
            }
            try (Stream<Path> all = Files.list(descriptors)) {
                List<String> targets = all.map(FullDisk::target).toList();
                return targets.stream().filter(target -> target.startsWith(jobs.toString()) && !target.endsWith("lock"))
                        .count();
            }
        }

        private static String target(Path descriptor) {
            try {
                return Files.readSymbolicLink(descriptor).toString();
            } catch (IOException gone) {
                return "";
            }
        }
    }
}
