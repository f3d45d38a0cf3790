package io.quarkiverse.openai.batch.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Sha256;
import io.quarkiverse.openai.batch.model.Endpoint;

/** What the user wants answered: a file with a request or a text a line. */
public final class Input {

    private final Path file;
    private final InputForm form;

    private Input(Path file, InputForm form) {
        this.file = file;
        this.form = form;
    }

    /**
     * @throws InputException if the file is empty, or its first line is neither a request nor a text
     */
    public static Input of(Path file, RequestChoices choices) throws IOException {
        try (TextLines lines = TextLines.of(file, choices.csv())) {
            if (!lines.hasNext()) {
                throw new InputException(file, "has no line");
            }
            return new Input(file, InputForm.of(lines.next()));
        }
    }

    /**
     * Checks every line.
     *
     * @throws InputException if a line is wrong
     */
    public CheckedRequests requests(RequestChoices choices) throws IOException {
        return form == InputForm.REQUESTS ? new ReadyRequests(file, choices).check() : new TextRequests(file, choices).check();
    }

    /**
     * The requests as JSON lines, for a check that tells all that is wrong with them.
     *
     * @throws InputException if a line is wrong of which a request is to be made
     */
    public InputStream uncheckedRequests(RequestChoices choices) throws IOException {
        return form == InputForm.REQUESTS ? new ReadyRequests(file, choices).bytes()
                : new RequestBytes(requests(choices).source().get());
    }

    /** The model that requests are made for if none is chosen; empty if the requests name a model themselves. */
    public Optional<String> defaultModel(RequestChoices choices) {
        return form == InputForm.TEXTS && choices.model().isEmpty()
                ? Optional.of(new TextRequests(file, choices).model())
                : Optional.empty();
    }

    /** Reads the requests, which must have been checked; the stream must be closed. */
    public Stream<BatchRequest> read(RequestChoices choices) {
        return form == InputForm.REQUESTS ? new ReadyRequests(file, choices).read() : new TextRequests(file, choices).read();
    }

    private static void update(MessageDigest digest, String name, String choice) {
        digest.update((name + '\0' + choice + '\0').getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Tells apart what a job can be made of: a digest of the choices and of every byte of the file.
     *
     * @param further what else tells jobs apart
     */
    public String version(RequestChoices choices, String further) throws IOException {
        MessageDigest digest = Sha256.digest();
        Stream.of(choices.endpoint().map(Endpoint::path), choices.model(), choices.prompt().map(PromptTemplate::template))
                .forEach(choice -> digest.update((choice.orElse("") + '\0').getBytes(StandardCharsets.UTF_8)));
        choices.system().ifPresent(system -> update(digest, "system", system));
        choices.schema().ifPresent(schema -> update(digest, "schema", schema.schema().toString()));
        choices.csv().ifPresent(columns -> update(digest, "csv", columns.toString()));
        digest.update(further.getBytes(StandardCharsets.UTF_8));
        Files.copy(file, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return Sha256.hex(digest);
    }
}
