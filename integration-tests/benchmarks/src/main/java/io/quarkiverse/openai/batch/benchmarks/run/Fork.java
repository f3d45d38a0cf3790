package io.quarkiverse.openai.batch.benchmarks.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A separate JVM that reads and prints lines; its answers begin with {@code @}, and everything else is its log. */
final class Fork implements AutoCloseable {

    private final String name;
    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    /**
     * @param name for its log and messages
     * @param heap the limit of its heap
     * @param arguments options, class path and main class or jar, arguments
     */
    Fork(String name, Path logs, String heap, List<String> arguments) throws IOException {
        this.name = name;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(arguments);
        File log = logs.resolve(name.replaceAll("[^a-zA-Z]+", "-") + ".log").toFile();
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log)).start();
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Java's arguments for a main class of this application. */
    static List<String> mainClass(Class<?> type) {
        return List.of("-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp",
                System.getProperty("java.class.path"),
                type.getName());
    }

    String ask(String line) throws IOException {
        in.println(line);
        return answer();
    }

    String answer() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("@")) {
                return line.substring(1);
            }
        }
        throw new IOException("The process of " + name + " has ended: see its log");
    }

    @Override
    public void close() {
        in.close();
        process.destroy();
    }
}
