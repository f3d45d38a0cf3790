package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;
import io.quarkiverse.openai.batch.emulator.batch.LineReader.LineTooLongException;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/**
 * Validates an input file as the real API does. The codes are those of Azure's list, the only one published, and OpenAI's
 * {@code missing_required_parameter} and {@code invalid_method}. At most 100 errors are reported.
 */
final class InputValidator {

    private static final int MAX_ERRORS = 100;
    private static final byte BYTE_ORDER_MARK = (byte) 0xef;

    private final Endpoint endpoint;
    private final Limits limits;
    private final List<ValidationError> errors = new ArrayList<>();
    // Hashes, because the ids of 50,000 lines would be megabytes; a false alarm has odds of one in billions.
    private final Set<Long> customIds = new HashSet<>();
    private int line;
    private long lines;
    private boolean modelKnown;
    private String model;
    private long promptTokens;
    private long embeddingInputs;

    InputValidator(Endpoint endpoint, Limits limits) {
        this.endpoint = endpoint;
        this.limits = limits;
    }

    Validation validate(StoredFile input) throws IOException {
        long bytes = input.bytes();
        if (bytes == 0) {
            return Validation.refused(new ValidationError("empty_file",
                    "The input file is empty. Please ensure that the batch contains at least one request.", null, null));
        }
        if (bytes > limits.maxBytes()) {
            return Validation.refused(new ValidationError("invalid_request", "The batch input file is larger than the "
                    + limits.maxBytes() + " maximum. Please try again with a smaller batch.", null, null));
        }
        try (LineReader reader = new LineReader(input.path(), 0, limits.maxLineBytes())) {
            validate(reader);
        } catch (LineTooLongException e) {
            line++;
            error("invalid_request", "This line is longer than the maximum of " + limits.maxLineBytes() + " bytes.", null);
        }
        checkWhole();
        return new Validation(lines, model, promptTokens, errors);
    }

    private void validate(LineReader reader) throws IOException {
        int firstBlank = 0;
        byte[] bytes;
        while ((bytes = reader.next()) != null && errors.size() < MAX_ERRORS) {
            line++;
            if (LineReader.isBlank(bytes)) {
                firstBlank = firstBlank == 0 ? line : firstBlank;
                continue;
            }
            if (firstBlank > 0) {
                errors.add(notJson(firstBlank));
                firstBlank = 0;
            }
            if (++lines > limits.maxLines()) {
                return;
            }
            validateLine(bytes);
        }
    }

    private void checkWhole() {
        if (lines > limits.maxLines()) {
            errors.add(new ValidationError("too_many_tasks", String.format(Locale.ROOT,
                    "The batch contains more than the maximum of %,d requests.", limits.maxLines()), null, null));
        } else if (lines == 0 && errors.isEmpty()) {
            errors.add(new ValidationError("empty_batch", "The input file contains no requests.", null, null));
        } else if (embeddingInputs > limits.maxEmbeddingInputs()) {
            errors.add(new ValidationError("invalid_request", String.format(Locale.ROOT,
                    "The batch contains %,d embedding inputs, more than the maximum of %,d.", embeddingInputs,
                    limits.maxEmbeddingInputs()), null, null));
        }
    }

    private void validateLine(byte[] bytes) throws IOException {
        JsonNode json = parse(bytes);
        if (json == null || !json.isObject()) {
            errors.add(notJson(line));
            return;
        }
        checkCustomId(json.path("custom_id"));
        checkMethod(json.path("method"));
        checkUrl(json.path("url"));
        if (json.path("body") instanceof ObjectNode body) {
            checkBody(body);
        } else {
            missing("body");
        }
    }

    private static JsonNode parse(byte[] bytes) throws IOException {
        try {
            // Jackson would skip a byte order mark; servers refuse it.
            return bytes[0] == BYTE_ORDER_MARK ? null : Json.MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            return null;
        }
    }

    private void checkCustomId(JsonNode customId) {
        if (!customId.isTextual() || customId.textValue().isEmpty()) {
            missing("custom_id");
        } else if (!customIds.add(Hash64.of(customId.textValue()))) {
            error("duplicate_custom_id", "The custom_id for this request is a duplicate of another request. "
                    + "The custom_id parameter must be unique for each request in a batch.", "custom_id");
        }
    }

    private void checkMethod(JsonNode method) {
        if (!method.isTextual()) {
            missing("method");
        } else if (!method.textValue().equals("POST")) {
            error("invalid_method", "Invalid value: '" + excerpt(method) + "'. Supported values are: 'POST'", "method");
        }
    }

    private void checkUrl(JsonNode url) {
        if (!url.isTextual()) {
            missing("url");
        } else if (!url.textValue().equals(endpoint.path())) {
            error("url_mismatch", "The URL '" + excerpt(url) + "' of this request does not match the endpoint '"
                    + endpoint.path() + "' of the batch.", "url");
        }
    }

    private void checkBody(ObjectNode body) {
        checkModel(body.path("model"));
        if (endpoint == Endpoint.MODERATIONS && body.path("stream").asBoolean()) {
            error("invalid_request", "The parameter 'stream' is not supported in a batch.", "body.stream");
        }
        promptTokens += endpoint.answers().promptTokens(body);
        embeddingInputs += endpoint.answers().embeddingInputs(body);
    }

    private void checkModel(JsonNode name) {
        String lineModel = name.isTextual() ? name.textValue() : null;
        if (lineModel == null && endpoint.modelRequired()) {
            missing("body.model");
        } else if (!modelKnown) {
            model = lineModel;
            modelKnown = true;
        } else if (!Objects.equals(model, lineModel)) {
            error("model_mismatch", "The model '" + excerpt(name) + "' of this request does not match the model '" + model
                    + "' of the batch. A batch can only contain requests to a single model.", "body.model");
        }
    }

    private static ValidationError notJson(int line) {
        return new ValidationError("invalid_json_line", "This line is not parseable as valid JSON.", null, line);
    }

    private void missing(String param) {
        error("missing_required_parameter", "Missing required parameter: '" + param + "'.", param);
    }

    private void error(String code, String message, String param) {
        errors.add(new ValidationError(code, message, param, line));
    }

    private static String excerpt(JsonNode text) {
        String value = text.asText();
        return value.length() <= 100 ? value : value.substring(0, 100) + "…";
    }
}
