package io.quarkiverse.openai.batch.emulator.api;

import java.nio.file.Path;
import java.util.Map;

/**
 * A multipart upload as it came in.
 *
 * @param path the bytes of the part {@code file}, or null if there was none
 * @param filename the name that part had, or null
 * @param fields the other fields
 */
public record Upload(Path path, String filename, Map<String, String> fields) {

    /** A field by its name in OpenAI's brackets or in Azure's dots. */
    String field(String object, String name) {
        return fields.getOrDefault(object + "[" + name + "]", fields.get(object + "." + name));
    }
}
