package io.quarkiverse.openai.batch.endurance.tried;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/** Requests of strangers: each is answered as it should be, and the next one is served. */
final class EmulatorRequests implements Area {

    private final Emulator emulator = Emulator.start(EmulatorOptions.defaults());
    private final Wire wire = new Wire(emulator.port());
    private final String own = "127.0.0.1:" + emulator.port();
    private final String port = ":" + emulator.port();
    private final List<Trial> trials = new ArrayList<>();

    EmulatorRequests() {
        hosts();
        origins();
        readInTwoWays();
        control();
        keys();
        paths();
        methods();
        heads();
        trials.addAll(new RequestBodies(wire).trials());
    }

    private void hosts() {
        for (String host : List.of("example.com", "example.com" + port, "127.0.0.1", "localhost:1", "",
                "localhost.example.com" + port, "127.0.0.1.example.com" + port, "0.0.0.0" + port, "[::]" + port,
                "127.0.0.2" + port, "localhost" + port + "@example.com", "localhost" + port + ".", "localhost",
                "LOCALHOST:1", "2130706433" + port, "0x7f000001" + port, "127.1" + port, "[::ffff:127.0.0.1]" + port,
                "localhost " + port, "user@localhost" + port, "localhost" + port + "/x", "localhost" + port + ",example.com")) {
            expect("host '" + host + "'", "403", "GET /v1/batches HTTP/1.1\r\nHost: " + host + rest());
        }
        expect("no host", "403|400", "GET /v1/batches HTTP/1.1" + rest());
        for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
            expect("control: host " + host, "200", "GET /v1/batches HTTP/1.1\r\nHost: " + host + port + rest());
        }
    }

    private void origins() {
        for (String origin : List.of("https://example.com", "null", "http://localhost:1", "https://" + own,
                "http://" + own + ".example.com", "file://", "http://127.0.0.1", "http://" + own + "/", "http://user@" + own,
                "HTTP://EXAMPLE.COM", "*", "", "http://localhost" + port, "chrome-extension://x")) {
            expect("origin '" + origin + "'", "403", head("GET /v1/batches") + "\r\nOrigin: " + origin + rest());
        }
    }

    private void readInTwoWays() {
        String post = head("POST /v1/batches");
        String host = "\r\nHost: " + own;
        expect("Host twice", "400", head("GET /v1/batches") + host + rest());
        expect("two Hosts", "400", head("GET /v1/batches") + "\r\nHost: example.com" + rest());
        expect("two Hosts, the other first", "400",
                "GET /v1/batches HTTP/1.1\r\nHost: example.com" + host + rest());
        expect("Origin twice", "400", head("GET /v1/batches") + ("\r\nOrigin: http://" + own).repeat(2) + rest());
        expect("absolute target of another host", "400", head("GET http://example.com/v1/batches") + rest());
        expect("absolute target", "400", head("GET http://" + own + "/v1/batches") + rest());
        expect("Content-Length and Transfer-Encoding", "400",
                post + "\r\nContent-Length: 0\r\nTransfer-Encoding: chunked" + rest() + "0\r\n\r\n");
        expect("Transfer-Encoding and Content-Length", "400",
                post + "\r\nTransfer-Encoding: chunked\r\nContent-Length: 5" + rest() + "0\r\n\r\n");
        expect("two lengths", "400|closed", post + "\r\nContent-Length: 2\r\nContent-Length: 3" + rest() + "{} ");
        expect("a length of -1", "400|closed", post + "\r\nContent-Length: -1" + rest());
        expect("a length of letters", "400|closed", post + "\r\nContent-Length: abc" + rest());
        expect("a length with a sign", "400|closed", post + "\r\nContent-Length: +2" + rest() + "{}");
        expect("a length beyond numbers", "400|413|closed", post + "\r\nContent-Length: 99999999999999999999" + rest());
        expect("an unknown encoding", "400|501|closed", post + "\r\nTransfer-Encoding: xchunked" + rest());
        for (String size : List.of("-1", "FFFFFFFFFFFFFFFF", "zz", "0x2", "2;" + "x".repeat(100_000))) {
            expect("chunk size " + size.substring(0, Math.min(20, size.length())), "400|413|closed",
                    post + "\r\nTransfer-Encoding: chunked" + rest() + size + "\r\n{}\r\n0\r\n\r\n");
        }
    }

    private void control() {
        String token = emulator.controlToken();
        for (String line : List.of("GET /control/clock", "GET /control/ledger", "GET /control/requests",
                "GET /control/webhooks", "POST /control/reset", "PATCH /control/limits", "DELETE /control/faults")) {
            expect(line + " without token", "403", head(line) + rest());
        }
        for (String wrong : List.of("x", token.substring(1), token + "0", "", "x".repeat(60_000), token + "," + token)) {
            expect("a token of " + wrong.length(), "403",
                    head("GET /control/clock") + "\r\nX-Control-Token: " + wrong + rest());
        }
        expect("the token in the query", "403", head("GET /control/clock?X-Control-Token=" + token) + rest());
        expect("the token of another origin", "403",
                head("GET /control/clock") + "\r\nX-Control-Token: " + token + "\r\nOrigin: http://example.com" + rest());
        expect("nothing there", "404", head("GET /control/../v1/batches") + "\r\nX-Control-Token: " + token + rest());
        expect("a path of the system", "404", head("GET /control/../../etc/passwd") + "\r\nX-Control-Token: " + token + rest());
    }

    private void keys() {
        for (String key : List.of("", "\r\nAuthorization:", "\r\nAuthorization: Bearer", "\r\nAuthorization: Bearer  ",
                "\r\nAuthorization: Basic eDp5", "\r\nauthorization: k", "\r\napi-key:")) {
            expect("key '" + key.strip() + "'", "401",
                    "GET /v1/batches HTTP/1.1\r\nHost: " + own + key + "\r\nConnection: close\r\n\r\n");
        }
    }

    private void paths() {
        for (String path : List.of("/", "/v1", "/v1/", "/v2/batches", "/V1/batches", "//v1/batches", "/v1//batches",
                "/v1/batches/", "/v1/batches/..", "/v1/files/../../etc/passwd", "/v1/files/..%2f..%2fetc%2fpasswd",
                "/v1/files/%2e%2e/content", "/v1/files/%00", "/v1/files/%zz", "/v1/files/%1b%5b31m", "/v1/files/a%0d%0aX:%20y",
                "/v1/files/" + "x".repeat(4_000), "/v1/batches/..;/x", "/v1/batches/'%20OR%201=1", "/v1/batches/a/cancel/b",
                "/v1/files/%ff%fe", "/v1/models/..%2f", "/v1/files/%c0%af", "/etc/passwd", "/v1/batches/%e2%80%ae")) {
            expect("path " + path.substring(0, Math.min(50, path.length())), "404", head("GET " + path) + rest());
        }
        for (String query : List.of("limit=0", "limit=-1", "limit=101", "limit=x", "limit=1e3", "limit=99999999999999999999",
                "limit=%00", "limit=1.0")) {
            expect("batches?" + query, "400", head("GET /v1/batches?" + query) + rest());
        }
        expect("after=none", "404|400", head("GET /v1/batches?after=none") + rest());
        expect("files?order=up", "400", head("GET /v1/files?order=up") + rest());
    }

    private void methods() {
        for (String line : List.of("DELETE /v1/batches", "PUT /v1/files", "PATCH /v1/batches/x", "OPTIONS /v1/batches",
                "TRACE /v1/batches", "FOO /v1/batches", "get /v1/batches", "X".repeat(3_000) + " /v1/batches",
                "POST /v1/models")) {
            expect(line.substring(0, Math.min(30, line.length())), "400|404|405|501|closed", head(line) + rest());
        }
        expect("CONNECT", "400|404|405|501|closed", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443" + rest());
    }

    private void heads() {
        String refused = "400|403|413|414|431|501|505|closed";
        expect("a line of 10 KB", refused, head("GET /v1/batches?x=" + "x".repeat(10_000)) + rest());
        expect("a header of 70 KB", refused, head("GET /v1/batches") + "\r\nX: " + "x".repeat(70_000) + rest());
        expect("20,000 headers", refused, head("GET /v1/batches") + "\r\nX: y".repeat(20_000) + rest());
        expect("a header without colon", refused, head("GET /v1/batches") + "\r\nnothing" + rest());
        expect("NUL in a header", refused, head("GET /v1/batches") + "\r\nX: a\0b" + rest());
        expect("a space in a header's name", refused, head("GET /v1/batches") + "\r\nX y: z" + rest());
        expect("HTTP/9.9", refused, "GET /v1/batches HTTP/9.9\r\nHost: " + own + rest());
        expect("HTTP/2", refused, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        expect("TLS", refused, "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + "\0".repeat(600) + "\r\n\r\n");
        expect("bytes", refused, "\u00ff\u00fe\0\u0001".repeat(50) + "\r\n\r\n");
        expect("an endless line", refused, "x".repeat(1 << 20));
        expect("no version", refused, "GET /v1/batches\r\n\r\n");
        expect("a word", refused, "GET\r\n\r\n");
        expect("a proxy's line", refused, "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\n" + head("GET /v1/batches") + rest());
    }

    private String head(String line) {
        return line + " HTTP/1.1\r\nHost: " + own;
    }

    private static String rest() {
        return "\r\nAuthorization: Bearer k\r\nConnection: close\r\n\r\n";
    }

    private void expect(String name, String statuses, String text) {
        trials.add(new Trial(name, () -> held(statuses, text)));
    }

    private String held(String statuses, String text) throws Exception {
        String status = wire.status(text);
        if (!Set.of(statuses.split("\\|")).contains(status)) {
            return "answered " + status + ", not " + statuses;
        }
        return wire.serves() ? null : "the next request is not served";
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
