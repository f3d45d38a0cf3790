package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** Says why bytes are no JSON without quoting them, as Jackson's own messages do. */
public final class Malformed {

    private Malformed() {
    }

    public static String reason(IOException e, byte[] bytes, int from, int to) {
        int invalid = Utf8.indexOfInvalid(bytes, from, to);
        if (invalid >= 0) {
            return "not UTF-8 at byte " + (invalid - from + 1);
        }
        if (e instanceof JsonEOFException) {
            return "ends in the middle of a JSON value";
        }
        if (e instanceof StreamConstraintsException) {
            return "nested deeper than 100,000 levels";
        }
        return "not JSON" + (e instanceof JsonParseException parse ? place(parse) : "");
    }

    private static String place(JsonParseException e) {
        return e.getLocation() == null ? "" : " at byte " + Math.max(1, e.getLocation().getByteOffset());
    }
}
