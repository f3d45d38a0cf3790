package io.quarkiverse.openai.batch.endurance.tried;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

import io.quarkiverse.openai.batch.emulator.control.RequestFault;

/**
 * Answers of a provider: the job ends, with all its answers where the provider gave them, or with a sentence and exit code 1.
 * What makes a request fail happens three times, or until the job says so.
 */
final class ProvidersAnswers implements Area {

    private static final int SOME = 3;
    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final int MOST_REQUESTS = 400;
    private static final String UPLOAD = "POST /v1/files";
    private static final String CREATE = "POST /v1/batches";
    private static final String LIST = "GET /v1/batches\\?.*";
    private static final String RETRIEVE = "GET /v1/batches/.*";
    private static final String BATCH = "GET /v1/batches.*";
    private static final String CONTENT = "GET /v1/files/.*/content";

    /** What requests are sent, whatever ids are: one segment each. */
    private static final Pattern SENT = Pattern
            .compile("[A-Z]+ /v1/(files|batches)(/(?!\\.\\.?[/ ])[^/?]+)?(/content|/cancel)?(\\?\\S*)? HTTP/1.1");
    private static final Duration A_WHILE = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Tool tool;
    private final List<Trial> trials = new ArrayList<>();

    ProvidersAnswers(Tool tool) {
        this.tool = tool;
        values();
        contents();
        requests();
        keys();
    }

    private void values() {
        String created = "\"created_at\":\\d+";
        for (String time : List.of("1e-100000000", "1e-50000000", "1e100000000", "-1e-1000000", "\"1e-100000000\"", "NaN1",
                "1" + "0".repeat(40_000), "{}", "[[]]", "\"\\u001b[31m\"")) {
            replaced("a timestamp of " + cut(time), BATCH, created, "\"created_at\":" + time.replace("NaN1", "-1"));
        }
        for (String counts : List.of("{\"total\":1e308,\"completed\":-5,\"failed\":1" + "0".repeat(30) + "}", "null", "[]",
                "\"many\"", "{\"total\":\"2\"}")) {
            replaced("counts of " + cut(counts), LIST, "\"request_counts\":\\{[^}]*}", "\"request_counts\":" + counts);
        }
        replaced("an unknown status before the end", BATCH, "\"status\":\"validating\"", "\"status\":\"\\\\u001b[1mX\"");
        replaced("metadata of numbers", BATCH, "\"metadata\":(\\{[^}]*}|null)", "\"metadata\":[1,{}]");
        replaced("a file name of a path", UPLOAD, "\"filename\":\"[^\"]*\"", "\"filename\":\"../../../etc/passwd\"");
        replaced("100,000 levels beside", BATCH, "\"object\":\"batch\"",
                "\"object\":\"batch\",\"x\":" + "[".repeat(50_000) + "]".repeat(50_000));
        id("ids of paths", "../../v1/batches");
        id("ids of dots", "..");
        id("ids of CR LF", "a\\\\r\\\\nX: y");
        id("ids of NUL", "a\\\\u0000");
        id("ids of escapes", "\\\\u001b[31m");
        id("ids of slashes", "a%2f..%2fb");
    }

    private void contents() {
        for (String tokens : List.of("-1000000", "9223372036854775807", "1e308", "\"many\"", "1e-100000000")) {
            replaced("tokens of " + tokens, CONTENT, "\"total_tokens\":\\d+", "\"total_tokens\":" + tokens);
        }
        for (String bad : List.of("{\"custom_id\":\"x\",\"a\":" + "[".repeat(200_000), "\0\0\0", "{\"custom_id\":\"\\ud800\"}",
                "{\"custom_id\":1e999}", "x".repeat(2_000_000), "\u001b[31m", "{\"custom_id\":\"a\",\"custom_id\":\"b\"}")) {
            spoiled("a line beside of " + cut(bad), "0,1", ALWAYS, CONTENT, (answer, out) -> SpoiledProvider.send(200, "",
                    (new String(answer.body(), StandardCharsets.UTF_8) + bad + "\n").getBytes(StandardCharsets.UTF_8), out));
        }
        spoiled("a download without end", "1", ALWAYS, CONTENT, (answer, out) -> endless(answer.body(), out, ""));
        spoiled("a file of 10 bytes that has more", "0,1", ALWAYS, "GET /v1/files/[^/]*",
                (answer, out) -> SpoiledProvider.send(200, "", text(answer).replaceAll("\"bytes\":\\d+", "\"bytes\":10")
                        .getBytes(StandardCharsets.UTF_8), out));
    }

    private void requests() {
        for (String request : List.of(UPLOAD, LIST)) {
            spoiled("not HTTP at " + request, "0,1", SOME, request,
                    (answer, out) -> out.write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            spoiled("headers without end at " + request, "0,1", SOME, request, (answer, out) -> endlessHead(out));
            spoiled("5,000,000 levels at " + request, "0,1", SOME, request,
                    (answer, out) -> SpoiledProvider.send(200, "", "[".repeat(5_000_000).getBytes(StandardCharsets.US_ASCII),
                            out));
            spoiled("a body without end at " + request, "0,1", SOME, request,
                    (answer, out) -> endless("{\"a\":\"xxxxxxxx\",".getBytes(StandardCharsets.US_ASCII), out, ""));
            spoiled("a gzip bomb at " + request, "0,1", SOME, request, (answer, out) -> SpoiledProvider.send(200,
                    "Content-Encoding: gzip\r\n", gzip(), out));
            for (String location : List.of("http://127.0.0.1:9/", "file:///etc/passwd", "")) {
                spoiled("a redirect to '" + location + "' at " + request, "0,1", SOME, request,
                        (answer, out) -> SpoiledProvider.send(307, "Location: " + location + "\r\n", new byte[0], out));
            }
        }
        for (String wait : List.of("1e308", "-1e308", "NaN", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT",
                "-5", "99999999999999999999")) {
            spoiled("Retry-After: " + wait, "0,1", 1, LIST,
                    (answer, out) -> SpoiledProvider.send(429, "Retry-After: " + wait + "\r\n", new byte[0], out));
        }
        replaced("a listing without end", LIST, "\"has_more\":false", "\"has_more\":true");
    }

    private void keys() {
        for (int status : List.of(401, 403)) {
            trials.add(new Trial("the key in an error " + status, () -> run("1", ALWAYS, "none", null,
                    RequestFault.onAny().status(status).echoKey().always())));
        }
        spoiled("the key in a request id", "0,1", ALWAYS, LIST, (answer, out) -> SpoiledProvider.send(400,
                "x-request-id: " + Tool.KEY + "\r\n", ("{\"error\":{\"message\":\"Bearer " + Tool.KEY
                        + "\\u001b[31m\",\"code\":\"" + Tool.KEY + "\"}}").getBytes(StandardCharsets.US_ASCII),
                out));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(24, text.length())).replaceAll("\\p{Cntrl}", "^");
    }

    private interface Bad {
        void send(HttpResponse<byte[]> answer, OutputStream out) throws IOException;
    }

    /** A value that costs itself. */
    private void replaced(String name, String request, String pattern, String value) {
        spoiled(name, "0", ALWAYS, request, replacing(pattern, value));
    }

    /** An id that is sent as one segment of a path, or refused; a file of that id is not there, so the job may wait for it. */
    private void id(String name, String value) {
        spoiled(name, "0,1," + Tool.RUNS, ALWAYS, UPLOAD, replacing("\"id\":\"file-[^\"]*\"", "\"id\":\"" + value + "\""));
    }

    private static Bad replacing(String pattern, String value) {
        return (answer, out) -> SpoiledProvider.send(answer.statusCode(), "",
                text(answer).replaceAll(pattern, value).getBytes(StandardCharsets.UTF_8), out);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void spoiled(String name, String exits, int times, String request, Bad bad) {
        trials.add(new Trial(name, () -> run(exits, times, request, bad, null)));
    }

    private String run(String exits, int times, String request, Bad bad, RequestFault fault) throws Exception {
        Path folder = Tool.folder();
        AtomicInteger left = new AtomicInteger(times);
        try (SpoiledProvider provider = new SpoiledProvider((line, answer, out) -> {
            if (!line.matches(request) || left.getAndDecrement() <= 0) {
                return false;
            }
            bad.send(answer, out);
            return true;
        })) {
            if (fault != null) {
                provider.emulator().faults().add(fault);
            }
            Files.writeString(folder.resolve("in.jsonl"), "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"y\"}\n");
            Tool.Ran ran = tool.run(folder, environment(provider), List.of(),
                    List.of("run", "in.jsonl", "--output", "out.jsonl"),
                    exits.contains(Tool.RUNS) ? A_WHILE : PATIENCE);
            String problem = ran.problem(exits);
            if (problem != null) {
                return problem;
            }
            if (provider.requests().size() > MOST_REQUESTS) {
                return provider.requests().size() + " requests";
            }
            Optional<String> astray = provider.requests().stream().filter(line -> !SENT.matcher(line).matches()).findFirst();
            if (astray.isPresent()) {
                return "sent " + astray.get();
            }
            return ran.exit() != null && ran.exit() == 0 && Files.readAllLines(folder.resolve("out.jsonl")).size() != 2
                    ? "not two answers"
                    : null;
        } finally {
            Tool.delete(folder);
        }
    }

    private static Map<String, String> environment(SpoiledProvider provider) {
        return Map.of("QUARKUS_OPENAI_BATCH_BASE_URL", provider.baseUrl(),
                "QUARKUS_OPENAI_BATCH_JOBS_POLL_INTERVAL_MIN", "PT0.2S", "QUARKUS_OPENAI_BATCH_TIMEOUT", "PT5S",
                "QUARKUS_OPENAI_BATCH_DOWNLOAD_TIMEOUT", "PT5S", "QUARKUS_OPENAI_BATCH_JOBS_RESULT_BYTES", "20M");
    }

    private static void endless(byte[] part, OutputStream out, String headers) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        byte[] many = new String(part, StandardCharsets.ISO_8859_1).repeat(1 + 65_536 / part.length)
                .getBytes(StandardCharsets.ISO_8859_1);
        // Ends with the connection, or when the limits of the client are far behind.
        for (int sent = 0; sent < 4_000; sent++) {
            out.write(many);
        }
    }

    private static void endlessHead(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] headers = "X: y\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        for (int sent = 0; sent < 1_000; sent++) {
            out.write(headers);
        }
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int times = 0; times < 200; times++) {
                stream.write(spaces);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public List<Trial> trials() {
        return trials;
    }
}
