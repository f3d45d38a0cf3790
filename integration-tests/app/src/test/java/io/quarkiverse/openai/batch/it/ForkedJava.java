package io.quarkiverse.openai.batch.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program in a JVM of its own, which listens somewhere and says where. */
final class ForkedJava implements AutoCloseable {

    private final Process process;
    private final Pattern address;
    private final CompletableFuture<String> listening = new CompletableFuture<>();

    private ForkedJava(Process process, Pattern address) {
        this.process = process;
        this.address = address;
    }

    /**
     * @param address the output at which the program is ready; its first group is where it listens
     */
    static ForkedJava start(String address, List<String> jvmArguments, Path jar, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ForkedJava forked = new ForkedJava(process, Pattern.compile(address));
        Thread reader = new Thread(forked::readOutput, "output of " + jar.getFileName());
        reader.setDaemon(true);
        reader.start();
        return forked;
    }

    private void readOutput() {
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher matcher = address.matcher(line);
                if (matcher.find()) {
                    listening.complete(matcher.group(1));
                }
            }
        } catch (IOException e) {
            listening.completeExceptionally(new UncheckedIOException(e));
        }
        listening.completeExceptionally(new IllegalStateException("The program has ended:\n" + output));
    }

    String address() throws Exception {
        return listening.get(1, TimeUnit.MINUTES);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
