package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.SafeText;

/** What a result line looks like that answers no request, without what it says. */
final class FieldNames {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_NAMES = 10;
    private static final int LONGEST_NAME = 40;

    private FieldNames() {
    }

    /** The names of the first fields of a line. */
    static String of(byte[] line) {
        List<String> names = new ArrayList<>();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "none, it is no JSON object";
            }
            for (String name = json.nextFieldName(); name != null && names.size() < MOST_NAMES; name = json.nextFieldName()) {
                names.add(SafeText.of(name, LONGEST_NAME));
                json.nextToken();
                json.skipChildren();
            }
        } catch (IOException malformed) {
            // as far as it can be read
        }
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
