package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import io.quarkiverse.openai.batch.emulator.Emulator;

/** The packaged tool in processes of its own, with an emulator as its provider and small batches. */
final class PackagedTool implements AutoCloseable {

    static final int LINES_A_BATCH = 200;

    private static final int SECONDS_AT_MOST = 60;

    private final Emulator emulator;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    /**
     * @param directory where jobs are, and what the processes print
     */
    PackagedTool(Emulator emulator, Path directory) {
        this.emulator = emulator;
        this.directory = directory;
    }

    /** A variable of the processes that are started from now on. */
    PackagedTool with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Process start(String... arguments) throws IOException {
        List<String> command = command();
        command.addAll(List.of(arguments));
        return start(command);
    }

    /** In a terminal of its own, whose keys are the input of the process and whose screen is what it prints. */
    Process startInTerminal(String... arguments) throws IOException {
        List<String> command = command();
        command.addAll(List.of(arguments));
        return start(List.of("script", "-qec",
                command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")), "/dev/null"));
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(printed("stdout", started.size()).toFile())
                .redirectError(printed("stderr", started.size()).toFile());
        builder.environment().put("QUARKUS_OPENAI_BATCH_BASE_URL", emulator.baseUrl().toString());
        builder.environment().put("QUARKUS_OPENAI_BATCH_API_KEY", "any");
        builder.environment().put("QUARKUS_OPENAI_BATCH_LIMITS_REQUESTS", String.valueOf(LINES_A_BATCH));
        builder.environment().put("QUARKUS_OPENAI_BATCH_JOBS_POLL_INTERVAL_MIN", "PT0.1S");
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** A jar or a native executable, as Quarkus has told. */
    private static List<String> command() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        Properties artifact = new Properties();
        try (InputStream in = Files.newInputStream(target.resolve("quarkus-artifact.properties"))) {
            artifact.load(in);
        }
        String path = target.resolve(artifact.getProperty("path")).toString();
        List<String> java = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", path);
        return new ArrayList<>(artifact.getProperty("type").contains("jar") ? java : List.of(path));
    }

    /** The exit code. */
    int await(Process process) throws InterruptedException {
        if (!process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
            throw new AssertionError("The process does not end");
        }
        return process.exitValue();
    }

    int run(String... arguments) throws IOException, InterruptedException {
        return await(start(arguments));
    }

    /** What the process that was started last has printed. */
    String stdout() throws IOException {
        return Files.readString(printed("stdout", started.size() - 1));
    }

    String stderr() throws IOException {
        return Files.readString(printed("stderr", started.size() - 1));
    }

    private Path printed(String stream, int process) {
        return directory.resolve(stream + "-" + process);
    }

    void signal(String name, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start().waitFor();
    }

    /** A shell without job control has what it starts in the background ignore SIGINT, and so do all its children. */
    static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status) && Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
                .anyMatch(ignored -> (ignored & 1 << 1) != 0);
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
        Awaitility.await("all have ended").until(() -> started.stream().noneMatch(Process::isAlive));
    }
}
