package io.quarkiverse.openai.batch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.quarkiverse.openai.batch.cli.input.AnswerSchema;
import io.quarkiverse.openai.batch.cli.input.CsvColumns;
import io.quarkiverse.openai.batch.cli.input.InputException;
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
                    + "or texts (id, text), which the prompt template makes requests of. With --csv, a CSV file of texts." })
    Path file;

    @Option(names = { "-m", "--model" }, paramLabel = "MODEL", description = {
            "The model. Default: gpt-6-luna; text-embedding-3-small for embeddings; omni-moderation-latest for moderations; "
                    + "none for completions." })
    Optional<String> model;

    @Option(names = { "-p", "--prompt" }, paramLabel = "TEMPLATE", converter = Template.class, description = {
            "What is asked of each text, such as \"Translate into French: {text}\"; by default the text alone." })
    Optional<PromptTemplate> prompt;

    @Option(names = "--system", paramLabel = "TEXT", description = {
            "How the model is to behave: the system message of each text, or the instructions of responses." })
    Optional<String> system;

    @Option(names = "--schema", paramLabel = "FILE", converter = Schema.class, description = {
            "A JSON schema that each answer to a text must follow; strict, as the provider defines it." })
    Optional<AnswerSchema> schema;

    @Option(names = "--csv", paramLabel = "ID,TEXT", arity = "0..1", fallbackValue = "id,text", converter = Columns.class, description = {
            "INPUT is a CSV file, whose first line names its columns; those of ids and texts are id and text, "
                    + "if no others are given." })
    Optional<CsvColumns> csv;

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
        return new RequestChoices(endpoint, model, prompt, system, schema, csv);
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

    static class Columns implements ITypeConverter<CsvColumns> {

        @Override
        public CsvColumns convert(String names) {
            try {
                return CsvColumns.of(names);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static class Schema implements ITypeConverter<AnswerSchema> {

        @Override
        public AnswerSchema convert(String file) {
            try {
                return AnswerSchema.of(Path.of(file));
            } catch (InputException e) {
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
