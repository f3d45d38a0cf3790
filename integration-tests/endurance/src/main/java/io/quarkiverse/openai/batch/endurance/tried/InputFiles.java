package io.quarkiverse.openai.batch.endurance.tried;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Files that the tool is given: each line is answered, or the file is refused, with its line, before anything is sent. */
final class InputFiles implements Area {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String GOOD = text("\"good\"", "\"x\"");
    private static final String REQUEST = "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
            + "\"body\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}}\n";

    private static final int PROVIDER_REFUSES = -1;

    private final Tool tool;
    private final List<Trial> trials = new ArrayList<>();

    InputFiles(Tool tool) {
        this.tool = tool;
        answeredTexts();
        refusedTexts();
        requests();
        bytes();
    }

    private static String text(String id, String text) {
        return "{\"id\":" + id + ",\"text\":" + text + "}\n";
    }

    private void answeredTexts() {
        answered("one line", 1, GOOD);
        answered("no line break at the end", 1, GOOD.strip());
        answered("CR LF", 2, GOOD.strip() + "\r\n" + text("\"b\"", "\"y\"").strip() + "\r\n");
        answered("blank lines", 1, "\n \n\t\n" + GOOD + "\n\n");
        answered("unknown fields", 1, GOOD.replace("}", ",\"more\":{\"a\":[1,2]}}"));
        trials.add(new Trial("a text of 20 MB", this::longText));
        answered("a text of 9 MB", 2, GOOD + text("\"b\"", '"' + "x".repeat(9_000_000) + '"'));
        answered("numeric ids that overflow", 2, text("1e400", "\"x\"") + text("2e400", "\"y\""));
        answered("numeric ids that underflow", 2, text("1E-999", "\"x\"") + text("2E-999", "\"y\""));
        answered("numeric ids that differ in form", 2, text("1", "\"x\"") + text("1.0", "\"y\""));
        answered("a negative id", 1, text("-0", "\"x\""));
        answered("an id of 400 digits", 1, text("9".repeat(400), "\"x\""));
        answered("an id with escapes", 1, text("\"\\u0007\\u001b[31m\\u009b\"", "\"x\""));
        answered("an id that turns the direction", 1, text("\"\\u202e\"", "\"x\""));
        answered("an id of paths", 1, text("\"../../etc/passwd\"", "\"x\""));
        answered("an id of a pair of surrogates", 1, text("\"\\ud83d\\ude00\"", "\"x\""));
        answered("an id of NUL", 1, text("\"\\u0000\"", "\"x\""));
        answered("a text of escapes", 1, text("\"a\"", "\"\\u001b]0;x\\u0007\""));
        answered("a text of NUL", 1, text("\"a\"", "\"\\u0000\""));
        answered("a text of CR LF", 1, text("\"a\"", "\"a\\r\\nb\""));
        answered("a text of line separators", 1, text("\"a\"", "\"\\u2028\\u2029\\u0085\""));
        answered("a number as text", 1, text("\"a\"", "12e3"));
        answered("a text like a template", 1, text("\"a\"", "\"{text} ${x} %s\""));
        answered("emoji", 1, text("\"a\"", "\"👩‍👩‍👧 ﷽ Z͑ͫ̓ͪ\""));
        answered("5,000 lines", 5_000, lines(5_000));
        answered("an object below in a field beside", 1, GOOD.replace("}", ",\"deep\":" + nested(900) + "}"));
    }

    private void refusedTexts() {
        refused("a lone surrogate as id", text("\"\\ud800\"", "\"x\""));
        refused("a low surrogate as id", text("\"\\udc00\"", "\"x\""));
        refused("two lone surrogates as ids", text("\"\\ud800\"", "\"x\"") + text("\"\\udc00\"", "\"y\""));
        refused("a lone surrogate as text", text("\"a\"", "\"\\udfff\""));
        refused("no line", "");
        refused("blank lines alone", "\n\n \n");
        refused("an empty object", "{}");
        refused("an empty list", "[]");
        refused("a list of lines", "[" + GOOD.strip() + "]");
        refused("null", "null");
        refused("a number", "7");
        refused("a text", "\"x\"");
        refused("half a line", GOOD + "{\"id\":");
        refused("two objects on a line", GOOD.strip() + GOOD);
        refused("a comma after a line", GOOD.strip() + ",\n");
        refused("single quotes", "{'id':'a','text':'x'}");
        refused("a comment", "// x\n" + GOOD);
        refused("NaN", text("NaN", "\"x\""));
        refused("the same id twice", GOOD + GOOD);
        refused("the same numeric id twice", text("7", "\"x\"") + text("\"7\"", "\"y\""));
        refused("no id", GOOD + "{\"text\":\"x\"}");
        refused("no text", GOOD + "{\"id\":\"b\"}");
        refused("an empty id", text("\"\"", "\"x\""));
        refused("an empty text", text("\"a\"", "\"\""));
        refused("null as id", text("null", "\"x\""));
        refused("an object as text", text("\"a\"", "{}"));
        refused("a list as id", text("[\"a\"]", "\"x\""));
        refused("a boolean as text", text("\"a\"", "true"));
        refused("5,000,000 levels", "[".repeat(5_000_000));
        refused("a line of 33 MB", text("\"a\"", '"' + "x".repeat(33 << 20) + '"'));
        refused("a CSV", "id,text\na,x\n");
    }

    private void requests() {
        answered("a request", 1, REQUEST);
        refused("a request with a lone surrogate", REQUEST.replace("\"a\"", "\"\\ud800\""));
        refused("requests with the same custom_id", REQUEST + REQUEST);
        refused("a request of GET", REQUEST.replace("POST", "GET"));
        refused("a request without body", REQUEST.replaceAll(",\"body\".*", "}"));
        refused("a request whose body is a number", REQUEST.replaceAll("\"body\".*", "\"body\":7}"));
        told("a request to another host", REQUEST.replace("/v1/", "https://example.com/v1/"));
        told("a request to a path of dots", REQUEST.replace("/v1/", "/v1/../"));
        refused("requests to two endpoints", REQUEST + REQUEST.replace("\"a\"", "\"b\"").replace("chat/", ""));
    }

    private void bytes() {
        refused("UTF-16", GOOD, StandardCharsets.UTF_16LE);
        refused("UTF-16 with its mark", GOOD, StandardCharsets.UTF_16);
        refused("UTF-32", GOOD, Charset.forName("UTF-32"));
        refused("Latin 1", text("\"é\"", "\"x\""), StandardCharsets.ISO_8859_1);
        refused("overlong UTF-8", text("\"\u00c0\u00af\"", "\"x\""), StandardCharsets.ISO_8859_1);
        refused("a surrogate in UTF-8", text("\"\u00ed\u00a0\u0080\"", "\"x\""), StandardCharsets.ISO_8859_1);
        refused("NUL bytes", "\0\0\0\0", StandardCharsets.ISO_8859_1);
        refused("gzip", "\u001f\u008b\b\0\0\0\0\0", StandardCharsets.ISO_8859_1);
    }

    private static String lines(int count) {
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < count; line++) {
            lines.append(text("\"l" + line + '"', "\"x\""));
        }
        return lines.toString();
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private void answered(String name, int lines, String content) {
        trials.add(new Trial(name, () -> run(content.getBytes(StandardCharsets.UTF_8), lines)));
    }

    private void refused(String name, String content) {
        refused(name, content, StandardCharsets.UTF_8);
    }

    private void refused(String name, String content, Charset charset) {
        trials.add(new Trial(name, () -> run(content.getBytes(charset), 0)));
    }

    /** An endpoint that the provider refuses, not the tool. */
    private void told(String name, String content) {
        trials.add(new Trial(name, () -> run(content.getBytes(StandardCharsets.UTF_8), PROVIDER_REFUSES)));
    }

    /** @param lines how many are answered; 0 if the file is refused */
    private String run(byte[] content, int lines) throws Exception {
        Path folder = Tool.folder();
        try {
            Files.write(folder.resolve("in.jsonl"), content);
            Path output = folder.resolve("out.jsonl");
            Tool.Ran ran = tool.run(folder, Map.of(), List.of("run", "in.jsonl", "--output", "out.jsonl", "--emulator",
                    "--speed", "1000"));
            String problem = ran.problem(lines == PROVIDER_REFUSES ? "1" : lines == 0 ? "2" : "0");
            if (problem != null) {
                return problem;
            }
            return lines > 0 ? answers(output, lines)
                    : Files.exists(output) ? "there is an output"
                            : lines == 0 && !ran.err().contains("in.jsonl") ? "does not name the file: " + ran.err() : null;
        } finally {
            Tool.delete(folder);
        }
    }

    /** With a heap of 1 GB, at a provider that takes such a line. */
    private String longText() throws Exception {
        Path folder = Tool.folder();
        try (SpoiledProvider provider = new SpoiledProvider((request, answer, out) -> false)) {
            Files.writeString(folder.resolve("in.jsonl"), GOOD + text("\"b\"", '"' + "x".repeat(20_000_001) + '"'));
            Tool.Ran ran = tool.withHeap("1g").run(folder,
                    Map.of("QUARKUS_OPENAI_BATCH_BASE_URL", provider.baseUrl()),
                    List.of("run", "in.jsonl", "--output", "out.jsonl"));
            // The emulator refuses to repeat so long a text.
            String problem = ran.problem("0,1");
            return problem != null ? problem : ran.err().contains("finished: 2 of 2 lines") ? null : ran.err();
        } finally {
            Tool.delete(folder);
        }
    }

    private static String answers(Path output, int lines) throws Exception {
        Set<String> ids = new HashSet<>();
        for (String line : Files.readAllLines(output)) {
            JsonNode answer = MAPPER.readTree(line);
            if (!answer.path("outcome").asText().equals("succeeded")) {
                return "not succeeded: " + line.substring(0, Math.min(200, line.length()));
            }
            ids.add(answer.path("id").asText());
        }
        return ids.size() == lines ? null : ids.size() + " of " + lines + " ids are answered";
    }

    @Override
    public List<Trial> trials() {
        return trials;
    }
}
