package io.quarkiverse.openai.batch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.cli.check.Check;
import io.quarkiverse.openai.batch.cli.input.PromptTemplate;
import io.quarkiverse.openai.batch.cli.input.RequestChoices;
import io.quarkiverse.openai.batch.cli.run.Run;
import io.quarkiverse.openai.batch.model.Endpoint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Gets an answer to every line of a file: uploads it, creates a batch, waits for it, and writes the answers in the "
                + "order of the lines.",
        "Exit code: 0 if every line has an answer, 1 if some have not or the batch failed, 2 if the command or the input is "
                + "wrong." })
class RunCommand implements Callable<Integer> {

    @Inject
    Run run;

    @Inject
    Check check;

    @Parameters(paramLabel = "INPUT", description = {
            "A JSONL file: either requests (custom_id, method, url, body), which are sent as they are, "
                    + "or texts (id, text), which the prompt template makes requests of." })
    Path input;

    @ArgGroup(multiplicity = "1")
    Aim aim;

    @Option(names = { "-m", "--model" }, paramLabel = "MODEL", description = "The model; by default one of OpenAI's.")
    Optional<String> model;

    @Option(names = { "-p", "--prompt" }, paramLabel = "TEMPLATE", converter = Template.class, description = {
            "What is asked of each text, such as \"Translate into French: {text}\"; by default the text alone." })
    Optional<PromptTemplate> prompt;

    @Option(names = { "-e", "--endpoint" }, paramLabel = "ENDPOINT", converter = EndpointPath.class, description = {
            "chat/completions (the default), completions, responses, embeddings or moderations; "
                    + "for requests: any, by default the url of the first." })
    Optional<Endpoint> endpoint;

    @ArgGroup(exclusive = false)
    EmulatorFlags emulator;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(input)) {
            throw new IllegalArgumentException("There is no file " + input);
        }
        RequestChoices choices = new RequestChoices(endpoint, model, prompt);
        return aim.check ? check.run(input, choices) : run.run(input, choices, aim.output);
    }

    static class Aim {

        @Option(names = { "-o", "--output" }, paramLabel = "FILE", description = {
                "Where the answers go: a JSON object a line." })
        Path output;

        @Option(names = { "-c", "--check" }, description = {
                "Only checks the requests, tells all that is wrong with them, and sends nothing." })
        boolean check;
    }

    static class Template implements ITypeConverter<PromptTemplate> {

        @Override
        public PromptTemplate convert(String text) {
            try {
                return new PromptTemplate(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static class EndpointPath implements ITypeConverter<Endpoint> {

        @Override
        public Endpoint convert(String text) {
            return Endpoint.of(text.startsWith("/") ? text : "/v1/" + text);
        }
    }
}
