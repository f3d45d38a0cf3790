package io.quarkiverse.openai.batch.endurance.tried;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Arguments and configuration of the tool: a wrong one is told in a sentence, with exit code 2, and leaves no prompt. */
final class CommandLines implements Area {

    private static final String PROMPT = "the-prompt-of-a-line";
    private static final String BASE_URL = "QUARKUS_OPENAI_BATCH_BASE_URL";
    private static final String API_KEY = "QUARKUS_OPENAI_BATCH_API_KEY";

    private final Tool tool;
    private final List<Trial> trials = new ArrayList<>();

    CommandLines(Tool tool) {
        this.tool = tool;
        arguments();
        options();
        configuration();
    }

    private void arguments() {
        wrong("no command");
        wrong("an unknown command", "walk");
        wrong("an escape as command", "\u001b[31mred");
        wrong("C1 as command", "\u009b31m");
        wrong("a text from right to left as command", "\u202egnp.exe");
        wrong("no input", "run", "-o", "out.jsonl");
        wrong("an input that is not there", "run", "none.jsonl", "-o", "out.jsonl");
        wrong("a folder as input", "run", ".", "-o", "out.jsonl");
        wrong("a device as input", "run", "/dev/null", "-o", "out.jsonl");
        wrong("an escape as input", "run", "\u001b[2J.jsonl", "-o", "out.jsonl");
        wrong("two inputs", "run", "in.jsonl", "in.jsonl", "-o", "out.jsonl");
        wrong("no output", "run", "in.jsonl");
        wrong("an unknown option", run("--outptu"));
        wrong("an escape as option", run("--\u001b]0;x\u0007"));
        wrong("a job that is not there", "show", "none");
        wrong("results of a job that is not there", "results", "none", "-o", "out.jsonl");
        wrong("a folder of jobs that is a file", "show", "none", "--directory", "in.jsonl");
    }

    private void options() {
        for (List<String> wrong : List.of(List.of("--job", ".."), List.of("--job", "a/b"), List.of("--job", "\u001b[1m"),
                List.of("--job", ""), List.of("--max-tokens", "0"), List.of("--max-tokens", "1e9"),
                List.of("--max-tokens", "99999999999999999999"), List.of("--max-cost", "NaN"),
                List.of("--max-cost", "1e-99999999"), List.of("--canary", "-1"), List.of("--deadline", "24"),
                List.of("--deadline", "PT9999999999999H"), List.of("--tag", "x"), List.of("--price", "m=-1/2"),
                List.of("--price", "m=1e99999999/1"), List.of("--prompt", "none"), List.of("--endpoint", "images/generations"),
                List.of("--endpoint", "../files"), List.of("--speed", "2"), List.of("--emulator", "--speed", "0"),
                List.of("--emulator", "--speed", "NaN"))) {
            wrong(String.join(" ", wrong), run(wrong.toArray(String[]::new)));
        }
    }

    private void configuration() {
        for (String url : List.of("ftp://127.0.0.1/v1", "http://127.0.0.1:99999/v1", "http://127.0.0.1:0/v1",
                "http://127.0.0.1:x/v1", "http://example.com/v1", "http://2130706433/v1", "https://user:pass@example.com/v1",
                "https://example.com/v1#fragment", "https://example.com/v1?x=y", "/v1", "https://", "not a url", "file:///etc",
                "http://127.0.0.1\u001b[1m/v1")) {
            configured("base URL " + url, Map.of(BASE_URL, url));
        }
        for (String key : List.of("a key", "a\nb", "\u001b[1m", "sk-\u00e9")) {
            configured("key " + key, Map.of(BASE_URL, "https://127.0.0.1:9/v1", API_KEY, key));
        }
        configured("no key", Map.of(API_KEY, ""));
        // such a server may need none
        trials.add(new Trial("no key at a server of one's own", this::ownServer));
        configured("an unknown provider", Map.of("QUARKUS_OPENAI_BATCH_PROVIDER", "nobody"));
    }

    private String ownServer() throws Exception {
        Path folder = Tool.folder();
        try {
            Files.writeString(folder.resolve("in.jsonl"), "{\"id\":\"a\",\"text\":\"" + PROMPT + "\"}\n");
            return tool.waits(folder, Map.of(BASE_URL, "http://127.0.0.1:9/v1", API_KEY, ""), List.of(), List.of(run()),
                    "refused or timed-out connection");
        } finally {
            Tool.delete(folder);
        }
    }

    private static String[] run(String... options) {
        return Stream.concat(Stream.of("run", "in.jsonl", "-o", "out.jsonl"), Stream.of(options)).toArray(String[]::new);
    }

    private void wrong(String name, String... arguments) {
        trials.add(new Trial(name, () -> run(Map.of(BASE_URL, "http://127.0.0.1:9/v1"), arguments)));
    }

    private void configured(String name, Map<String, String> environment) {
        trials.add(new Trial(name, () -> run(environment, run())));
    }

    private String run(Map<String, String> environment, String... arguments) throws Exception {
        Path folder = Tool.folder();
        try {
            Files.writeString(folder.resolve("in.jsonl"), "{\"id\":\"a\",\"text\":\"" + PROMPT + "\"}\n");
            Tool.Ran ran = tool.run(folder, environment, List.of(arguments));
            String problem = ran.problem("2");
            if (problem != null) {
                return problem;
            }
            return keepsPrompt(folder.resolve(".openai-batch")) ? "the prompts are left"
                    : ran.err().contains("pass@") ? "tells the password" : null;
        } finally {
            Tool.delete(folder);
        }
    }

    private static boolean keepsPrompt(Path jobs) throws IOException {
        if (!Files.exists(jobs)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(jobs)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(PROMPT)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public List<Trial> trials() {
        return trials;
    }
}
