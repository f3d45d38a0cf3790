package io.quarkiverse.openai.batch.runtime.job.directory;

import java.nio.file.Path;

/** Opens a directory in a process of its own, and prints why it cannot. */
final class OpensADirectory {

    private OpensADirectory() {
    }

    public static void main(String[] arguments) {
        try (JobDirectory directory = JobDirectory.open(Path.of(arguments[0]))) {
            System.out.println("opened " + directory);
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }
}
