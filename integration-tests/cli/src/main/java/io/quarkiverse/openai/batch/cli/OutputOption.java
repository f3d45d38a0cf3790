package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.nio.file.Path;

import io.quarkiverse.openai.batch.cli.answer.Answers;
import picocli.CommandLine.Option;

/** Where the answers go. */
class OutputOption {

    @Option(names = { "-o", "--output" }, paramLabel = "FILE", required = true, description = {
            "Where the answers go: a JSON object a line, or a CSV file (id, outcome, answer, finish, error) if its name ends "
                    + "in .csv. A file appears when it is complete; into a pipe or a device, they "
                    + "are written as they come." })
    Path file;

    @Option(names = "--force", description = "Replaces the output if it exists.")
    boolean force;

    /**
     * @param input what the answers answer; null if it is not known
     * @throws IllegalArgumentException if the file cannot be written, or must not be replaced
     */
    Answers answers(Path input) throws IOException {
        return Answers.to(file, input, force);
    }
}
