package io.quarkiverse.openai.batch.endurance.tried;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/** Many requests at once that do not end: the emulator serves others, and keeps nothing of them. */
final class EmulatorLoad implements Area {

    private static final String UPLOAD = "POST /v1/files HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer k\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n--b\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\n" + "x".repeat(50_000);
    private static final String JSON = "POST /v1/batches HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer k\r\n"
            + "Content-Length: 1048576\r\n\r\n" + " ".repeat(1_000_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public List<Trial> trials() {
        return List.of(new Trial("40 uploads whose clients go", this::uploads),
                new Trial("1,000 half requests", () -> halves("GET /v1/batches HT")),
                new Trial("1,000 requests without their bodies", () -> halves("POST /v1/batches HTTP/1.1\r\nHost: x\r\n"
                        + "Content-Length: 9\r\n\r\n{")),
                new Trial("300 bodies of 1 MB that do not end, with a heap of 128 MB", this::bodies));
    }

    private String uploads() throws Exception {
        Path folder = Tool.folder();
        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().directory(folder).build())) {
            Wire wire = new Wire(emulator.port());
            close(open(wire, UPLOAD.formatted(emulator.port()), 40));
            boolean empty = eventually(() -> {
                try (Stream<Path> files = Files.list(folder)) {
                    return files.findAny().isEmpty();
                }
            });
            return !empty ? "files are left" : wire.serves() ? null : "the next request is not served";
        } finally {
            Tool.delete(folder);
        }
    }

    private String halves(String text) throws Exception {
        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().idleTimeout(Duration.ofSeconds(2)).build())) {
            Wire wire = new Wire(emulator.port());
            List<Socket> sockets = open(wire, text, 1_000);
            try {
                if (!wire.serves()) {
                    return "the next request is not served";
                }
                for (Socket socket : sockets) {
                    socket.setSoTimeout((int) PATIENCE.toMillis());
                    socket.getInputStream().readAllBytes();
                }
                return null;
            } finally {
                close(sockets);
            }
        }
    }

    private String bodies() throws Exception {
        Process process = EmulatorForks.command("128m", List.of()).start();
        try (BufferedReader output = process.inputReader()) {
            int port = URI.create(output.readLine().substring("Base URL: ".length())).getPort();
            Wire wire = new Wire(port);
            close(open(wire, JSON.formatted(port), 300));
            return process.isAlive() && eventually(wire::serves) ? null : "the next request is not served";
        } finally {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static List<Socket> open(Wire wire, String text, int count) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            sockets.add(wire.open(text));
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static boolean eventually(Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }
}
