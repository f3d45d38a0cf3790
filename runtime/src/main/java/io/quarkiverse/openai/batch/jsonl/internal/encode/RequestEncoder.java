package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.RawJson;
import io.quarkiverse.openai.batch.jsonl.RequestBody;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.internal.json.FieldOrder;
import io.quarkiverse.openai.batch.jsonl.internal.json.Json;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.Malformed;
import io.quarkiverse.openai.batch.jsonl.internal.read.LineReader;

/** Writes one request after the other into one buffer, each as a line with its newline, and reads what rules speak of. */
public final class RequestEncoder {

    private final LineBytes line = new LineBytes();
    private final FieldOrder order = new FieldOrder();
    private RequestFields fields;

    /** Null if the line must be read to know it. */
    private Map<String, Object> plain;

    /**
     * @throws JsonlException if Jackson cannot serialise the body, or what it serialises to is no JSON
     */
    public void encode(BatchRequest request) {
        line.clear();
        plain = null;
        if (!writePlain(request)) {
            line.clear();
            writeByJackson(request);
            fields = read(request.customId()).withTexts(line.buffer(), 0, line.size());
            removeLineBreaks();
        }
        if (request.body() instanceof RequestBody<?> body) {
            fields.withEndpoint(body.endpoint().path());
        }
    }

    /**
     * Takes a line that was written before.
     *
     * @param written without its newline
     * @param endpoint the endpoint of its body if it has no url; null if that is not known
     * @throws JsonlException if it is not JSON
     */
    public void copy(byte[] written, String endpoint) {
        line.clear();
        plain = null;
        line.makeRoom(written.length + 1);
        line.write(written, 0, written.length);
        line.put('\n');
        fields = read(null).withEndpoint(endpoint);
    }

    /** Tokens of the prompt by estimate. */
    public long promptTokens(TokenEstimator estimator) {
        if (plain == null) {
            return new PromptTokens(estimator, fields.model()).count(line.buffer(), fields.bodyFrom(), fields.bodyTo());
        }
        TokenEstimator known = estimator instanceof RuleOfThumb
                ? (model, text) -> RuleOfThumb.ofBytes(line.utf8Length(text))
                : estimator;
        return new PromptTokens(known, fields.model()).count(plain);
    }

    /** Whether all of it is plain, and so known without reading it back. */
    private boolean writePlain(BatchRequest request) {
        if (!(request.body() instanceof RequestBody<?> body)) {
            return false;
        }
        boolean written = writeField("{\"custom_id\":", request.customId())
                && writeField(",\"method\":", request.method())
                && writeField(",\"url\":", request.url());
        line.put(",\"body\":");
        int from = line.size();
        if (!written || !PlainJson.write(body.parameters(), line)) {
            return false;
        }
        plain = body.parameters();
        fields = RequestFields.of(request, plain).withBody(from, line.size());
        line.put("}\n");
        return true;
    }

    private boolean writeField(String name, String value) {
        if (value == null) {
            return true;
        }
        line.put(name);
        return line.putText(value);
    }

    private void writeByJackson(BatchRequest request) {
        try (JsonGenerator g = Json.FACTORY.createGenerator(line, JsonEncoding.UTF8)) {
            g.writeStartObject();
            g.writeStringField("custom_id", request.customId());
            if (request.method() != null) {
                g.writeStringField("method", request.method());
            }
            if (request.url() != null) {
                g.writeStringField("url", request.url());
            }
            g.writeFieldName("body");
            writeBody(g, request.body());
            g.writeEndObject();
            g.writeRaw('\n');
        } catch (IOException e) {
            // Jackson's message may quote the body
            throw new JsonlException("Cannot serialise the body of request " + SafeText.of(request.customId()) + ", a "
                    + request.body().getClass().getName());
        }
    }

    private RequestFields read(String customId) {
        RequestFields read = new RequestFields();
        try (LineJsonParser p = LineJsonParser.of(line.buffer(), 0, line.size()).expecting(order)) {
            order.startLine();
            p.nextToken();
            read.read(p);
        } catch (IOException e) {
            throw new JsonlException("The body of request " + SafeText.of(customId) + " is malformed: "
                    + Malformed.reason(e, line.buffer(), 0, line.size()));
        }
        return read;
    }

    /** A body may bring JSON of its own, in which line breaks stand between tokens only. */
    private void removeLineBreaks() {
        int last = line.size() - 1;
        for (int i = LineReader.indexOfNewline(line.buffer(), 0, last); i >= 0;) {
            line.buffer()[i] = ' ';
            i = LineReader.indexOfNewline(line.buffer(), i, last);
        }
    }

    private void writeBody(JsonGenerator g, Object body) throws IOException {
        if (body instanceof RawJson raw) {
            g.writeRawValue("");
            g.flush();
            raw.writeTo(line);
        } else {
            Json.MAPPER.writeValue(g, body);
        }
    }

    /** What the line says, whatever its body was. */
    public RequestFields fields() {
        return fields;
    }

    public byte[] buffer() {
        return line.buffer();
    }

    /** Of the line, with its newline. */
    public int length() {
        return line.size();
    }
}
