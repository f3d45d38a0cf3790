package io.quarkiverse.openai.batch.jsonl;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a main class of the tests in a JVM of its own, with 64 MB of heap. */
public final class ForkedJvm {

    private ForkedJvm() {
    }

    /** What it printed; an exit code other than 0 is an error. */
    public static String run(Class<?> mainClass, String... arguments) throws IOException, InterruptedException {
        return run(jar -> true, mainClass, arguments);
    }

    /** With those parts of the class path only that a condition lets in. */
    public static String run(Predicate<String> classPath, Class<?> mainClass, String... arguments)
            throws IOException, InterruptedException {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(classPath)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-cp", path, mainClass.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(mainClass.getSimpleName() + " ended with " + process.exitValue() + ": " + output);
        }
        return output;
    }
}
