package io.quarkiverse.openai.batch.endurance.tried;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/** Lines that ask much of the emulator: the line beside is answered, and listings work. */
final class EmulatorLines implements Area {

    private static final String ARRAY = "{\"type\":\"array\",\"minItems\":1000,\"items\":%s}";
    private static final String GOOD = "{\"model\":\"m\",\"input\":\"x\",\"prompt\":\"x\","
            + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";

    private static final String UPLOAD = "--b-o\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b-o\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\n%s\r\n--b-o--\r\n";

    private final Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(1_000).build());
    private final Wire wire = new Wire(emulator.port());
    private final List<Trial> trials = new ArrayList<>();

    EmulatorLines() {
        schema("a multiple of 0", "{\"type\":\"number\",\"multipleOf\":0}");
        schema("a multiple of -1", "{\"type\":\"integer\",\"multipleOf\":-1}");
        schema("a multiple of 1e-100000000", "{\"type\":\"number\",\"multipleOf\":1e-100000000}");
        schema("a minimum of 1e100000000", "{\"type\":\"integer\",\"minimum\":1e100000000}");
        schema("2,000,000,000 letters", "{\"type\":\"string\",\"minLength\":2000000000}");
        schema("a billion nulls", ARRAY.formatted(ARRAY.formatted(ARRAY.formatted("{\"type\":\"null\"}"))));
        schema("a million texts", ARRAY.formatted(ARRAY.formatted("{\"type\":\"string\",\"minLength\":9000}")));
        schema("a schema in itself", "{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{\"a\":{\"$ref\":\"#\"}}}");
        schema("no value at all", "{\"enum\":[]}");
        schema("900 levels", "{\"type\":\"array\",\"minItems\":1,\"items\":".repeat(900) + "{}" + "}".repeat(900));
        schema("a costly pattern", "{\"type\":\"string\",\"pattern\":\"(a+)+$\",\"minLength\":40}");
        schema("a list as type", "{\"type\":[]}");
        line("128 answers of 4 MB", "/v1/chat/completions", "{\"model\":\"m\",\"n\":128,\"messages\":[{\"role\":\"user\","
                + "\"content\":\"" + "x".repeat(4_000_000) + "\"}]}");
        line("128 completions of 4 MB", "/v1/completions", "{\"model\":\"m\",\"n\":128,\"prompt\":\"" + "x".repeat(4_000_000)
                + "\"}");
        line("40,000 inputs", "/v1/embeddings", "{\"model\":\"m\",\"input\":[" + "\"x\",".repeat(39_999) + "\"x\"]}");
        line("a count of 10^30", "/v1/chat/completions",
                GOOD.replace("{\"model\"", "{\"n\":1" + "0".repeat(30) + ",\"model\""));
    }

    private void schema(String name, String schema) {
        line(name, "/v1/responses", "{\"model\":\"m\",\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_schema\","
                + "\"name\":\"s\",\"schema\":" + schema + "}}}");
    }

    private void line(String name, String endpoint, String body) {
        trials.add(new Trial(name, () -> run(endpoint, body)));
    }

    private String run(String endpoint, String body) throws Exception {
        String lines = request("bad", endpoint, body) + "\n" + request("good", endpoint, GOOD);
        String input = id(wire.answer(wire.request("POST /v1/files", "Content-Type: multipart/form-data; boundary=b-o\r\n",
                UPLOAD.formatted(lines))));
        String id = id(wire.answer(wire.request("POST /v1/batches", "Content-Type: application/json\r\n",
                "{\"input_file_id\":\"" + input + "\",\"endpoint\":\"" + endpoint + "\",\"completion_window\":\"24h\"}")));
        JsonNode batch = ended(id);
        if (!batch.path("status").asText().equals("completed") || batch.at("/request_counts/completed").asInt() < 1) {
            return "the line beside is not answered: " + batch;
        }
        return wire.serves() ? null : "the next request is not served";
    }

    private static String id(String answer) throws IOException {
        return new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n"))).path("id").asText();
    }

    private JsonNode ended(String id) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (true) {
            JsonNode batch = emulator.batches().stream().filter(each -> each.get("id").asText().equals(id)).findFirst()
                    .orElseThrow();
            if (!List.of("validating", "in_progress", "finalizing").contains(batch.get("status").asText())
                    || System.nanoTime() > end) {
                return batch;
            }
            Thread.sleep(20);
        }
    }

    private static String request(String id, String endpoint, String body) {
        return "{\"custom_id\":\"" + id + "\",\"method\":\"POST\",\"url\":\"" + endpoint + "\",\"body\":" + body + "}";
    }

    @Override
    public List<Trial> trials() {
        return trials;
    }

    @Override
    public void close() {
        emulator.close();
    }
}
