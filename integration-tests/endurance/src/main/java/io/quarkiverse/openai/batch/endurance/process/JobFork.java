package io.quarkiverse.openai.batch.endurance.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A {@link JobProcess} from outside. */
public final class JobFork implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final Thread deadline;
    private final Set<String> moves = new HashSet<>();
    private volatile boolean late;

    /**
     * @param application the packaged application, a {@code quarkus-run.jar}
     * @param heap the limit of its heap, such as {@code 64m}
     * @param log its log file
     * @param atMost the longest time it may run; it is killed after it
     */
    public JobFork(Path application, String heap, ProcessOptions options, File log, Duration atMost) throws IOException {
        this(application, heap, options, HandlerOptions.USUAL, log, atMost);
    }

    public JobFork(Path application, String heap, ProcessOptions options, HandlerOptions handler, File log, Duration atMost)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + (options.lines() > 1000 ? 4 : 1)));
        command.addAll(options.asOptions());
        command.addAll(handler.asOptions());
        command.addAll(List.of("-jar", application.toString()));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        deadline = new Thread(() -> killAfter(atMost), "deadline");
        deadline.setDaemon(true);
        deadline.start();
    }

    private void killAfter(Duration time) {
        try {
            late = !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
            if (late) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** The next line that it says; null if it ends without one. */
    public String said() {
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith("@")) {
                return line.substring(1);
            } else if (line.startsWith("#")) {
                moves.add(line.substring(1));
            }
        }
        return null;
    }

    /** The moves of chunks from one state to another that it has told until now. */
    public Set<String> moves() {
        return moves;
    }

    private String line() {
        try {
            return out.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it was killed because it took too long. */
    public boolean isLate() {
        return late;
    }

    /** Lets it write the outcomes. */
    public void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits until it has ended. */
    @Override
    public void close() {
        try {
            process.waitFor();
            deadline.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
