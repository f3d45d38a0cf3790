package io.quarkiverse.openai.batch.endurance.tried;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged tool, each time in a process and a folder of its own. */
final class Tool {

    /** In the place of an exit code: the command may run on, and is ended. */
    static final String RUNS = "runs";
    /** In no output of the tool. */
    static final String KEY = "sk-tried-0123456789abcdefghij";
    /** How long a command may take on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** After which a command that waits has said why. */
    private static final Duration WAITING = Duration.ofSeconds(40);
    /** Traces, names of our classes, escapes, and characters that turn the direction of a text. */
    private static final Pattern UNSEEMLY = Pattern
            .compile("\tat |Exception\\b|Cannot invoke|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f\u202a-\u202e]");

    private final Path jar;
    private final String heap;

    Tool(Path jar) {
        this(jar, "256m");
    }

    private Tool(Path jar, String heap) {
        this.jar = jar;
        this.heap = heap;
    }

    /** The tool with another heap than 256 MB. */
    Tool withHeap(String limit) {
        return new Tool(jar, limit);
    }

    /** @param exit null if it had to be ended */
    record Ran(Integer exit, String out, String err) {

        /** Why this is no proper end; null if it is one. */
        String problem(String exits) {
            if (exit == null && !exits.contains(RUNS)) {
                return "not ended in time: " + err;
            }
            if (exit != null && !exits.contains(exit.toString())) {
                return "exit code " + exit + ": " + err;
            }
            String all = out + err;
            if (all.contains(KEY)) {
                return "tells the key: " + all;
            }
            if (UNSEEMLY.matcher(all.replace("\r", "")).find()) {
                return "not one sentence: " + all;
            }
            return exit != null && exit != 0 && err.isBlank() ? "says nothing" : null;
        }
    }

    /** A new folder. */
    static Path folder() throws IOException {
        return Files.createTempDirectory("tried-");
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ran run(Path folder, Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        return run(folder, environment, List.of(), arguments, PATIENCE);
    }

    /**
     * @param before what the command is given to
     * @param patience after which it is ended
     */
    Ran run(Path folder, Map<String, String> environment, List<String> before, List<String> arguments, Duration patience)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString()));
        command.addAll(arguments);
        Path out = Files.createTempFile("tried-", ".out");
        Path err = Files.createTempFile("tried-", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("QUARKUS_OPENAI_BATCH_API_KEY", KEY);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(patience.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        Ran ran = new Ran(ended ? process.exitValue() : null, text(out), text(err));
        Files.delete(out);
        Files.delete(err);
        return ran;
    }

    /**
     * Runs a command that cannot continue for now.
     *
     * @param why what it must say, as part of a sentence
     * @return what was wrong, or null
     */
    String waits(Path folder, Map<String, String> environment, List<String> before, List<String> arguments, String why)
            throws IOException, InterruptedException {
        Ran ran = run(folder, environment, before, arguments, WAITING);
        String problem = ran.problem(RUNS);
        return problem != null ? problem : ran.err().contains(why) ? null : "does not say why it waits: " + ran.err();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
