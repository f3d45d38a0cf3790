package io.quarkiverse.openai.batch.endurance.tried;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Bodies of requests to an emulator: JSON, and uploads. */
final class RequestBodies {

    private static final String BOUNDARY = "a-boundary";
    private static final String END = "\r\n--" + BOUNDARY + "--\r\n";
    private static final String PURPOSE = part("name=\"purpose\"", "batch");
    private static final String FILE = part("name=\"file\"; filename=\"a.jsonl\"", "{}");

    private final Wire wire;
    private final List<Trial> trials = new ArrayList<>();

    RequestBodies(Wire wire) {
        this.wire = wire;
        json();
        uploads();
        boundaries();
    }

    List<Trial> trials() {
        return trials;
    }

    private static String part(String disposition, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }

    private void json() {
        for (String body : List.of("", "{", "[]", "null", "7", "\"x\"", "{}", "{\"input_file_id\":7}",
                "{\"input_file_id\":null}", "{\"input_file_id\":\"\\ud800\"}", "{\"input_file_id\":1e999}",
                "{\"input_file_id\":\"x\",\"input_file_id\":\"y\"}", "{\"metadata\":[]}", "NaN", "\u00ef\u00bb\u00bf{}",
                "\u00fe\u00ff\0{\0}", "{\"a\":\"\u00ff\"}", "{'a':1}", "{\"a\":1}}", "{\"a\":" + "9".repeat(5_000) + "}")) {
            json("a body of " + body.substring(0, Math.min(40, body.length())), "400|404", body);
        }
        json("100,000 levels", "400", "[".repeat(100_000));
        json("400,000 levels that end", "400", "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000));
        json("more than a mebibyte", "413", "{\"x\":\"" + "x".repeat(1 << 20) + "\"}");
        json("a name of 500 KB", "400", "{\"" + "x".repeat(500_000) + "\":1}");
    }

    private void json(String name, String statuses, String body) {
        expect(name, statuses, wire.request("POST /v1/batches", "Content-Type: application/json\r\n", body));
    }

    private void uploads() {
        upload("no multipart", "400", "nonsense");
        upload("no part", "400", "--" + BOUNDARY + "--\r\n");
        upload("no closing boundary", "400", PURPOSE + FILE);
        upload("a part without end", "400", PURPOSE + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; "
                + "filename=\"a.jsonl\"\r\n\r\n" + "x".repeat(100_000));
        upload("no purpose", "400", FILE + END);
        upload("an unknown purpose", "400", part("name=\"purpose\"", "batch_output") + FILE + END);
        upload("no file", "400", PURPOSE + END);
        upload("a file without name", "400", PURPOSE + part("name=\"file\"", "{}") + END);
        upload("a file with an empty name", "400", PURPOSE + part("name=\"file\"; filename=\"\"", "{}") + END);
        upload("a file of texts", "400", PURPOSE + part("name=\"file\"; filename=\"a.txt\"", "{}") + END);
        upload("a part without name", "400", PURPOSE + part("filename=\"a.jsonl\"", "{}") + END);
        upload("a head of 100 KB", "400|413|431|closed", PURPOSE + part("name=\"" + "x".repeat(100_000) + "\"", "{}") + END);
        upload("a field of 2 MB", "400|413", part("name=\"purpose\"", "x".repeat(2 << 20)) + FILE + END);
        upload("10,000 fields", "400|413|closed", part("name=\"a\"", "b").repeat(10_000) + FILE + END);
        upload("an expiry of letters", "400", part("name=\"expires_after[seconds]\"", "x") + PURPOSE + FILE + END);
        for (String name : List.of("../../etc/x.jsonl", "/etc/x.jsonl", "a%00.jsonl", "C:\\x.jsonl", "\u001b[31m.jsonl",
                "x".repeat(3_000) + ".jsonl")) {
            // A name is stored, and never a path.
            upload("a name of " + name.substring(0, Math.min(20, name.length())), "200|400",
                    PURPOSE + part("name=\"file\"; filename=\"" + name + "\"", "{}") + END);
        }
    }

    private void boundaries() {
        for (String boundary : List.of("", "\"\"", " ", ";x=y", "x".repeat(1_000), "\"", "a\0b")) {
            expect("boundary '" + boundary.substring(0, Math.min(9, boundary.length())) + "'", "400|closed",
                    wire.request("POST /v1/files", "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n",
                            "----\r\n\r\nx\r\n------\r\n"));
        }
        expect("a file as JSON", "400", wire.request("POST /v1/files", "Content-Type: application/json\r\n", "{}"));
        expect("a file of no type", "400", wire.request("POST /v1/files", "", "{}"));
    }

    private void upload(String name, String statuses, String body) {
        expect("upload: " + name, statuses,
                wire.request("POST /v1/files", "Content-Type: multipart/form-data; boundary=" + BOUNDARY + "\r\n", body));
    }

    private void expect(String name, String statuses, String text) {
        trials.add(new Trial(name, () -> {
            String status = wire.status(text);
            if (!Set.of(statuses.split("\\|")).contains(status)) {
                return "answered " + status + ", not " + statuses;
            }
            return wire.serves() ? null : "the next request is not served";
        }));
    }
}
