package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * Jackson's parser of UTF-8, which takes texts and vectors out of the bytes a stretch at a time. Jackson decodes them byte by
 * byte, which is a third of the time that reading a file of answers takes. What is not plain is left to Jackson, at the place
 * where it was found, so that there is one judge of what is JSON.
 */
public final class LineJsonParser extends UTF8StreamJsonParser {

    /**
     * A line is bounded before it is parsed, and what is read of it is bounded by its readers: a value that nobody reads must
     * not cost the line. Each level that is open takes some 60 bytes.
     */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(100_000)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build();
    private static final Factory FACTORY = new Factory();

    private final byte[] bytes;
    private final TextDecoder texts;
    private FieldOrder order = new FieldOrder();

    private LineJsonParser(IOContext context, int features, ObjectCodec codec, ByteQuadsCanonicalizer symbols, byte[] bytes,
            int from, int to) {
        super(context, features, (InputStream) null, codec, symbols, bytes, from, to, 0, false);
        this.bytes = bytes;
        this.texts = new TextDecoder(bytes, to);
    }

    /** A parser of {@code bytes[from, to)}, which may hold any number of values. */
    public static LineJsonParser of(byte[] bytes, int from, int to) {
        try {
            return (LineJsonParser) FACTORY.createParser(bytes, from, to - from);
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory need no I/O", e);
        }
    }

    /** Makes the parser expect, line by line, what the lines before it had. */
    public LineJsonParser expecting(FieldOrder order) {
        this.order = order;
        return this;
    }

    @Override
    public String nextFieldName() throws IOException {
        SerializableString expected = order.expected();
        if (expected == null) {
            String name = super.nextFieldName();
            order.correct(name);
            return name;
        }
        if (nextFieldName(expected)) {
            order.confirm();
            return expected.getValue();
        }
        String name = currentToken() == JsonToken.FIELD_NAME ? currentName() : null;
        order.correct(name);
        return name;
    }

    /** The index of the byte behind what has been read; behind the opening quote of a text that has just been moved to. */
    public int position() {
        return _inputPtr;
    }

    /** The current token's text, which must be a {@code VALUE_STRING}. */
    public String text() throws IOException {
        if (!_tokenIncomplete) {
            return getText();
        }
        String text = texts.decode(_inputPtr);
        if (text == null) {
            return getText();
        }
        _inputPtr = texts.end() + 1;
        _tokenIncomplete = false;
        return text;
    }

    /** The array that the parser has just entered, if it is of numbers alone; the parser is then before its end. Else null. */
    public float[] floats() {
        FloatDecoder floats = new FloatDecoder(bytes, _inputPtr, _inputEnd);
        float[] vector = floats.decode();
        if (vector != null) {
            _inputPtr = floats.end();
        }
        return vector;
    }

    private static final class Factory extends JsonFactory {

        private static final long serialVersionUID = 1L;

        Factory() {
            setStreamReadConstraints(CONSTRAINTS);
        }

        /** Not by Jackson's detection of encodings: lines are UTF-8, and one with NULs is no UTF-16. */
        @Override
        protected JsonParser _createParser(byte[] bytes, int offset, int length, IOContext context) {
            return new LineJsonParser(context, _parserFeatures, _objectCodec,
                    _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures), bytes, offset, offset + length);
        }
    }
}
