package io.quarkiverse.openai.batch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.quarkiverse.openai.batch.cli.input.PromptTemplate;
import io.quarkiverse.openai.batch.cli.input.RequestChoices;
import io.quarkiverse.openai.batch.model.Endpoint;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What is to be answered, and how requests are made of it. */
class InputOptions {

    @Parameters(paramLabel = "INPUT", description = {
            "A JSONL file: either requests (custom_id, method, url, body), whose bodies are sent as they are, "
                    + "or texts (id, text), which the prompt template makes requests of." })
    Path file;

    @Option(names = { "-m", "--model" }, paramLabel = "MODEL", description = {
            "The model. Default: gpt-6-luna; text-embedding-3-small for embeddings; omni-moderation-latest for moderations; "
                    + "none for completions." })
    Optional<String> model;

    @Option(names = { "-p", "--prompt" }, paramLabel = "TEMPLATE", converter = Template.class, description = {
            "What is asked of each text, such as \"Translate into French: {text}\"; by default the text alone." })
    Optional<PromptTemplate> prompt;

    @Option(names = { "-e", "--endpoint" }, paramLabel = "ENDPOINT", converter = EndpointPath.class, description = {
            "chat/completions (the default), completions, responses, embeddings or moderations; "
                    + "for requests: any, by default the url of the first." })
    Optional<Endpoint> endpoint;

    /**
     * @throws IllegalArgumentException if it is not there
     */
    Path file() {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file);
        }
        return file;
    }

    RequestChoices choices() {
        return new RequestChoices(endpoint, model, prompt);
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
