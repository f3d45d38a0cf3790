package io.quarkiverse.openai.batch.langchain4j;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes JSON objects as maps. */
final class JsonObject {

    private JsonObject() {
    }

    /**
     * @param namesAndValues a name, its value, and so on; null values are left out
     */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                object.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return object;
    }
}
