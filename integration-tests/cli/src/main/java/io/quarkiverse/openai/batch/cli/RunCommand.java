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
import io.quarkiverse.openai.batch.cli.job.JobFolder;
import io.quarkiverse.openai.batch.cli.job.JobName;
import io.quarkiverse.openai.batch.cli.run.Run;
import io.quarkiverse.openai.batch.model.Endpoint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class, description = {
        "Gets an answer to every line of a file: runs a job of as many batches as it takes, waits for it, and writes the "
                + "answers in the order of the lines.",
        "The job is kept: however the command ends, the same command goes on with it, and pays nothing twice.",
        "Exit code: 0 if every line has an answer, 1 if some have not or the job cannot go on, 2 if the command or the input "
                + "is wrong, 130 after Ctrl-C." })
class RunCommand implements Callable<Integer> {

    @Inject
    Run run;

    @Inject
    Check check;

    @Parameters(paramLabel = "INPUT", description = {
            "A JSONL file: either requests (custom_id, method, url, body), whose bodies are sent as they are, "
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

    @Option(names = { "-j", "--job" }, paramLabel = "NAME", converter = NamedJob.Name.class, description = {
            "The name of the job; by default that of the input file." })
    Optional<JobName> job;

    @Mixin
    DirectoryOption place;

    @ArgGroup(exclusive = false)
    EmulatorFlags emulator;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(input)) {
            throw new IllegalArgumentException("There is no file " + input);
        }
        RequestChoices choices = new RequestChoices(endpoint, model, prompt);
        return aim.check ? check.run(input, choices) : run.run(input, choices, folder(), aim.output);
    }

    private JobFolder folder() {
        JobName name = job.orElseGet(() -> JobName.of(input));
        return emulator == null ? place.folder(name) : EmbeddedEmulator.folder(name);
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
