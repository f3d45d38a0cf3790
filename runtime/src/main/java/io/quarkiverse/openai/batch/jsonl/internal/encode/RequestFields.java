package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.MetadataSize;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineFields;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.SurrogateEscapes;

/** The fields of one request line, as far as rules speak of them, read in one pass over its tokens. */
public final class RequestFields implements LineFields {

    private boolean hasCustomId;
    private String customId;
    private String method;
    private String url;
    private String endpointOfBody;
    private String model;
    private boolean streams;
    private boolean hasInput;
    private long inputs;
    private long answerLimit;
    private MetadataSize metadata;
    private int bodyFrom;
    private int bodyTo;
    private boolean halves;

    /** Of a line whose body has values of the JDK's common types only: what {@link #read} finds in that line. */
    static RequestFields of(BatchRequest request, Map<String, Object> body) {
        RequestFields fields = new RequestFields();
        fields.hasCustomId = true;
        fields.customId = request.customId();
        fields.method = request.method();
        fields.url = request.url();
        body.forEach((name, value) -> fields.take(name, value));
        return fields;
    }

    private void take(String name, Object value) {
        if (value == null) {
            return;
        }
        switch (name) {
            case "model" -> model = model(value);
            case "stream" -> streams = value.equals(true);
            case "input" -> {
                hasInput = true;
                inputs = inputs(value);
            }
            case "max_tokens", "max_completion_tokens", "max_output_tokens" -> answerLimit = JsonReads.integer(value);
            case "metadata" -> metadata = value instanceof Map<?, ?> pairs ? MetadataSize.of(pairs) : null;
            default -> {
                // no rule speaks of it
            }
        }
    }

    private static String model(Object value) {
        boolean isScalar = !(value instanceof Collection) && !(value instanceof Map);
        return isScalar && !value.equals("") ? value.toString() : null;
    }

    private static long inputs(Object value) {
        if (!(value instanceof Collection<?> all)) {
            return 1;
        }
        long inputs = 0;
        for (Object input : all) {
            inputs = input instanceof Number ? 1 : inputs + 1;
        }
        return inputs;
    }

    /**
     * @param path the endpoint of the body; null if it is not known
     */
    RequestFields withEndpoint(String path) {
        endpointOfBody = path;
        return this;
    }

    RequestFields withBody(int from, int to) {
        bodyFrom = from;
        bodyTo = to;
        return this;
    }

    /**
     * @param line what was read
     */
    RequestFields withTexts(byte[] line, int from, int to) {
        halves = SurrogateEscapes.hasHalf(line, from, to);
        return this;
    }

    @Override
    public void read(LineJsonParser p) throws IOException {
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "custom_id" -> readCustomId(p);
                case "method" -> method = JsonReads.text(p);
                case "url" -> url = JsonReads.text(p);
                case "body" -> readBody(p);
                default -> JsonReads.skip(p);
            }
        }
    }

    private void readCustomId(LineJsonParser p) throws IOException {
        JsonToken token = p.nextToken();
        hasCustomId = token != JsonToken.VALUE_NULL;
        customId = token == JsonToken.VALUE_STRING ? p.text() : null;
        p.skipChildren();
    }

    private void readBody(LineJsonParser p) throws IOException {
        if (!JsonReads.object(p)) {
            return;
        }
        bodyFrom = p.position() - 1;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "model" -> model = JsonReads.nonEmpty(p);
                case "stream" -> streams = JsonReads.isTrue(p);
                case "input" -> readInput(p);
                case "max_tokens", "max_completion_tokens", "max_output_tokens" -> answerLimit = JsonReads.integer(p);
                case "metadata" -> readMetadata(p);
                default -> JsonReads.skip(p);
            }
        }
        bodyTo = p.position();
    }

    private void readMetadata(LineJsonParser p) throws IOException {
        if (!JsonReads.object(p)) {
            return;
        }
        metadata = MetadataSize.EMPTY;
        for (String key = p.nextFieldName(); key != null; key = p.nextFieldName()) {
            metadata = metadata.with(key, p.nextToken() == JsonToken.VALUE_STRING ? p.text() : null);
            p.skipChildren();
        }
    }

    /** A text or an array of token numbers is one input, an array of either as many as it has. */
    private void readInput(LineJsonParser p) throws IOException {
        hasInput = true;
        inputs = 1;
        if (!JsonReads.array(p)) {
            return;
        }
        inputs = 0;
        for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
            inputs = token.isNumeric() ? 1 : inputs + 1;
            p.skipChildren();
        }
    }

    /** Whether a text has half of a surrogate pair. */
    public boolean hasHalves() {
        return halves;
    }

    /** Whether there is one, of any type. */
    public boolean hasCustomId() {
        return hasCustomId;
    }

    /** Null if there is none, or it is no text. */
    public String customId() {
        return customId;
    }

    /** Null if there is none. */
    public String method() {
        return method;
    }

    /** Null if there is none. */
    public String url() {
        return url;
    }

    /** The url, or the endpoint of a typed body; null if there is neither. */
    public String endpoint() {
        return url == null ? endpointOfBody : url;
    }

    /** Null if there is none. */
    public String model() {
        return model;
    }

    public boolean streams() {
        return streams;
    }

    /** Texts to embed; 0 if the line is not for embeddings. A line without an endpoint is taken for one if it has an input. */
    public long embeddingInputs() {
        boolean embeds = endpoint() == null ? hasInput : endpoint().endsWith("/embeddings");
        return embeds ? inputs : 0;
    }

    /** How many tokens the answer may have; 0 if the line does not say. */
    public long answerLimit() {
        return answerLimit;
    }

    /** Whether an answer is made of tokens that are paid. */
    public boolean hasAnswerTokens() {
        String endpoint = endpoint();
        return endpoint == null ? !hasInput : !endpoint.endsWith("/embeddings") && !endpoint.endsWith("/moderations");
    }

    /** Null if there is none. */
    public MetadataSize metadata() {
        return metadata;
    }

    public boolean hasBody() {
        return bodyTo > 0;
    }

    /** The index of the body's first byte. */
    public int bodyFrom() {
        return bodyFrom;
    }

    /** The index behind the body's last byte. */
    public int bodyTo() {
        return bodyTo;
    }
}
