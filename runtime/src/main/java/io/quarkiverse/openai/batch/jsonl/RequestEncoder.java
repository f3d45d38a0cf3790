package io.quarkiverse.openai.batch.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;

/** Writes one request after the other into one buffer, each as a line with its newline. */
final class RequestEncoder {

    private final Line line = new Line();

    /**
     * @throws JsonlException if Jackson cannot serialise the body
     */
    void encode(BatchRequest request) {
        line.reset();
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
            throw new JsonlException("Cannot serialise the body of request " + request.customId() + ", a "
                    + request.body().getClass().getName());
        }
    }

    private void writeBody(JsonGenerator g, Object body) throws IOException {
        if (body instanceof RawJson raw) {
            g.writeRawValue("");
            g.flush();
            line.writeBytes(raw.bytes());
        } else {
            Json.MAPPER.writeValue(g, body);
        }
    }

    byte[] buffer() {
        return line.buffer();
    }

    /** Of the line, with its newline. */
    int length() {
        return line.size();
    }

    private static final class Line extends ByteArrayOutputStream {

        Line() {
            super(8 << 10);
        }

        byte[] buffer() {
            return buf;
        }
    }
}
