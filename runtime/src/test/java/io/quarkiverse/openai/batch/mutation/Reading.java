package io.quarkiverse.openai.batch.mutation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.model.WireJson;

/** What is read of a sample, as parts by their paths. Paths are those of the sample, as far as there are any. */
interface Reading {

    ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE).build())
            .build()).findAndAddModules().build();

    /** Null if the sample is refused with an error of ours. */
    Map<String, Object> of(byte[] json);

    /** The parts that a mutation may change, up to the first field of each that it need not. */
    List<String> touched(Mutation mutation);

    /** The first part that the mutation should not have changed; null if there is none. */
    default String changed(Map<String, Object> before, Map<String, Object> after, Mutation mutation) {
        List<String> touched = touched(mutation);
        for (Map.Entry<String, Object> part : before.entrySet()) {
            boolean free = touched.stream().anyMatch(path -> isIn(part.getKey(), path) || isIn(path, part.getKey()));
            if (!free && (after == null || !Objects.equals(part.getValue(), after.get(part.getKey())))) {
                return part.getKey();
            }
        }
        return null;
    }

    private static boolean isIn(String part, String whole) {
        return part.startsWith(whole) && (part.length() == whole.length() || part.charAt(whole.length()) == '/');
    }

    /** An answer of a provider. */
    record Wire(Class<?> type) implements Reading {

        @Override
        public Map<String, Object> of(byte[] json) {
            try {
                Map<String, Object> parts = new LinkedHashMap<>();
                JsonNode read = MAPPER.readTree(WireJson.write(WireJson.read(json, type)));
                read.properties().forEach(field -> put(parts, "/" + field.getKey(), field.getValue()));
                return parts;
            } catch (IOException unreadable) {
                return null;
            }
        }

        private static void put(Map<String, Object> parts, String path, JsonNode value) {
            value.properties().forEach(field -> put(parts, path + "/" + field.getKey(), field.getValue()));
            for (int i = 0; path.equals("/data") && i < value.size(); i++) {
                put(parts, path + "/" + i, value.get(i));
            }
            if (value.isValueNode() || value.isArray() && !path.equals("/data")) {
                parts.put(path, value);
            }
        }

        /** A list costs all; so does an item that is none, since those after it move up. */
        @Override
        public List<String> touched(Mutation mutation) {
            String path = mutation.path().toString();
            if (path.equals("/data") && !type.getSimpleName().equals("Batch")) {
                return List.of("");
            }
            return List.of(path.matches("/data/[0-9]+") ? "/data" : path);
        }
    }

    /** A result line. */
    record ResultLine() implements Reading {

        /** What is read of fields of a body, where it has another name or is in several parts. */
        private static final Map<String, List<String>> BODY = Map.of(
                "/response/body/choices", List.of("/response/body"),
                "/response/body/data", List.of("/response/body"),
                "/response/body/results", List.of("/response/body"),
                "/response/body/output", List.of("/response/body"),
                "/response/body/error", List.of("/error", "/outcome"),
                "/response/body/object", List.of("/error", "/outcome"),
                "/response/body/created_at", List.of("/response/body/created"),
                "/response/body/incomplete_details", List.of("/response/body/incompleteReason"));

        @Override
        public Map<String, Object> of(byte[] json) {
            BatchResult result = BatchResult.parse(json);
            if (result.outcome() == Outcome.MALFORMED) {
                return null;
            }
            Map<String, Object> parts = new LinkedHashMap<>();
            parts.put("/id", result.id());
            parts.put("/custom_id", result.customId());
            parts.put("/response/status_code", result.statusCode());
            parts.put("/response/request_id", result.requestId());
            parts.put("/response/body/usage", result.usage());
            parts.put("/error", result.error());
            parts.put("/outcome", result.outcome());
            if (result.body() != null) {
                MAPPER.valueToTree(result.body()).properties()
                        .forEach(field -> parts.put("/response/body/" + field.getKey(), field.getValue()));
            }
            return parts;
        }

        @Override
        public List<String> touched(Mutation mutation) {
            String path = mutation.path().toString();
            if (path.equals("/custom_id")) {
                return List.of("");
            }
            if (path.equals("/response") || path.equals("/response/body")) {
                return List.of("/response", "/error", "/outcome");
            }
            return Stream.concat(Stream.of(path, path.startsWith("/response/status_code")
                    || path.startsWith("/response/body/status") || path.startsWith("/error") ? "/outcome" : path),
                    BODY.entrySet().stream().filter(field -> isIn(path, field.getKey()))
                            .flatMap(field -> field.getValue().stream()))
                    .toList();
        }
    }

    /** A request line. */
    record RequestLine() implements Reading {

        @Override
        public Map<String, Object> of(byte[] json) {
            try (Stream<BatchRequest> requests = JsonlReader.requests(new ByteArrayInputStream(json)).stream()) {
                BatchRequest request = requests.toList().get(0);
                Map<String, Object> parts = new LinkedHashMap<>();
                parts.put("/custom_id", request.customId());
                parts.put("/method", request.method());
                parts.put("/url", request.url());
                parts.put("/body", new String(request.toLine(), StandardCharsets.UTF_8).length() > 0);
                return parts;
            } catch (JsonlException refused) {
                return null;
            }
        }

        @Override
        public List<String> touched(Mutation mutation) {
            String path = mutation.path().toString();
            return List.of(path.equals("/custom_id") || path.startsWith("/body") ? "" : path);
        }
    }
}
