package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Rule;
import io.quarkiverse.openai.batch.model.Endpoint;

/** The rules for each line of one file, in the order of the lines: some speak of those before. */
public final class RequestRules implements Closeable {

    private static final String POST = "POST";

    private final LineLimits limits;
    private final Endpoint endpoint;
    private final boolean routeOptional;
    private final SeenIds customIds;
    private final Pattern characters;

    private String first;
    private String model;

    /**
     * @param endpoint the batch's; null if it is not known: the lines must then agree
     * @param routeOptional whether a line may do without method and url
     * @param temporary makes the temporary file that more than 4,000,000 lines need; null for one of the system's
     */
    public RequestRules(LineLimits limits, Endpoint endpoint, boolean routeOptional, Supplier<Path> temporary) {
        this.customIds = new SeenIds(temporary);
        this.limits = limits;
        this.characters = limits.customIdCharacters() == null ? null
                : Pattern.compile("[" + limits.customIdCharacters() + "]*");
        this.endpoint = endpoint;
        this.routeOptional = routeOptional;
    }

    /**
     * @param length of the line in bytes, without its newline
     */
    public void check(RequestFields line, long length, Findings findings) {
        checkLength(length, findings);
        if (line.hasHalves()) {
            findings.found(Rule.SURROGATE, "a text has half of a surrogate pair");
        }
        checkCustomId(line, findings);
        checkRoute(line, findings);
        checkBody(line, findings);
        checkModel(line.model(), findings);
    }

    void checkLength(long length, Findings findings) {
        if (limits.lineBytes() > 0 && length > limits.lineBytes()) {
            findings.found(Rule.LINE_LENGTH, "the line has " + length + " bytes, more than " + limits.lineBytes());
        }
    }

    private void checkCustomId(RequestFields line, Findings findings) {
        String id = line.customId();
        if (id == null) {
            String message = line.hasCustomId() ? "custom_id is no text" : "custom_id is missing";
            findings.found(Rule.CUSTOM_ID_MISSING, message);
        } else if (id.isEmpty()) {
            findings.found(Rule.CUSTOM_ID_EMPTY, "custom_id is empty");
        } else {
            checkCustomId(id, findings);
        }
    }

    private void checkCustomId(String id, Findings findings) {
        int length = id.codePointCount(0, id.length());
        if (limits.customIdLength() > 0 && length > limits.customIdLength()) {
            findings.found(Rule.CUSTOM_ID_LENGTH,
                    "custom_id has " + length + " characters, more than " + limits.customIdLength());
        }
        if (!isSpelled(id)) {
            findings.found(Rule.CUSTOM_ID_CHARACTERS,
                    "custom_id has other characters than " + limits.customIdCharacters());
        }
        if (!customIds.add(id)) {
            findings.found(Rule.CUSTOM_ID_DOUBLE, "custom_id is that of an earlier request");
        }
    }

    private boolean isSpelled(String id) {
        return characters == null || characters.matcher(id).matches();
    }

    private void checkRoute(RequestFields line, Findings findings) {
        if (line.method() == null ? !routeOptional : !line.method().equals(POST)) {
            findings.found(Rule.METHOD, line.method() == null ? "method is missing" : "method is not POST");
        }
        if (line.url() == null && !routeOptional) {
            findings.found(Rule.URL, "url is missing");
        } else if (endpoint != null) {
            // at Azure the batch's endpoint is /chat/completions and the lines' /v1/chat/completions
            if (line.url() != null && !line.url().endsWith(endpoint.path())) {
                findings.found(Rule.URL, "url is not the endpoint " + endpoint);
            }
        } else if (line.endpoint() != null) {
            first = first == null ? line.endpoint() : first;
            if (!line.endpoint().equals(first)) {
                findings.found(Rule.URL, "url is another than on the lines before");
            }
        }
    }

    private void checkBody(RequestFields line, Findings findings) {
        if (!line.hasBody()) {
            findings.found(Rule.BODY, "body is no object");
        }
        if (line.streams()) {
            findings.found(limits.streams() ? Rule.STREAM_IGNORED : Rule.STREAM, "stream is true");
        }
        String metadata = line.metadata() == null ? null : line.metadata().problem(limits.metadata());
        if (metadata != null) {
            findings.found(Rule.METADATA, metadata);
        }
    }

    private void checkModel(String lineModel, Findings findings) {
        if (lineModel == null || !limits.oneModel()) {
            return;
        }
        model = model == null ? lineModel : model;
        if (!lineModel.equals(model)) {
            findings.found(Rule.ONE_MODEL, "model is another than on the lines before");
        }
    }

    @Override
    public void close() throws IOException {
        customIds.close();
    }
}
