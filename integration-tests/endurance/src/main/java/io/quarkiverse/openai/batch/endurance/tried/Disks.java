package io.quarkiverse.openai.batch.endurance.tried;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/** Who may read what is written, and disks that take no more. */
final class Disks implements Area {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String LINE = "{\"id\":\"a\",\"text\":\"%s\"}\n";

    private final Tool tool;

    Disks(Tool tool) {
        this.tool = tool;
    }

    @Override
    public List<Trial> trials() {
        return List.of(new Trial("nobody else reads a job", this::job),
                new Trial("nobody else reads the emulator's files", this::emulator),
                new Trial("an output that is full", () -> run(List.of(), "in.jsonl", "/dev/full", 1_000)),
                new Trial("files that may not grow", this::mayNotGrow),
                new Trial("an input that may not be read", () -> unreadable("in.jsonl", "0000")),
                new Trial("a folder that may not be written", () -> unreadable(".", "0555")));
    }

    private String job() throws Exception {
        Path folder = Tool.folder();
        try (SpoiledProvider provider = new SpoiledProvider((request, answer, out) -> false)) {
            Files.writeString(folder.resolve("in.jsonl"), LINE.formatted("x"));
            Tool.Ran ran = tool.run(folder, Map.of("QUARKUS_OPENAI_BATCH_BASE_URL", provider.baseUrl()),
                    List.of("run", "in.jsonl", "--output", "out.jsonl"));
            String problem = ran.problem("0");
            return problem != null ? problem : open(folder.resolve(".openai-batch").resolve("in"));
        } finally {
            Tool.delete(folder);
        }
    }

    private String emulator() throws Exception {
        Path folder = Tool.folder();
        try {
            Path files = folder.resolve("files");
            try (Emulator emulator = Emulator.start(EmulatorOptions.builder().directory(files).build())) {
                Wire wire = new Wire(emulator.port());
                String body = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b\r\nContent-Disposition: "
                        + "form-data; name=\"file\"; filename=\"a.jsonl\"\r\n\r\n{}\r\n--b--\r\n";
                String status = wire.status(wire.request("POST /v1/files",
                        "Content-Type: multipart/form-data; boundary=b\r\n", body));
                return status.equals("200") ? open(files) : "not stored: " + status;
            }
        } finally {
            Tool.delete(folder);
        }
    }

    /** What others than the owner may read or write, or null. */
    private static String open(Path folder) throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (!mode.endsWith("------")) {
                    open.add(mode + " " + folder.relativize(file));
                }
            }
        }
        return open.isEmpty() ? null : open.toString();
    }

    private String mayNotGrow() throws Exception {
        Path folder = Tool.folder();
        try {
            Files.writeString(folder.resolve("in.jsonl"), LINE.formatted("x".repeat(1_000_000)));
            return tool.waits(folder, Map.of(), List.of("sh", "-c", "ulimit -f 400; exec \"$@\"", "sh"),
                    List.of("run", "in.jsonl", "--output", "out.jsonl", "--emulator"), "File too large");
        } finally {
            Tool.delete(folder);
        }
    }

    private String unreadable(String name, String mode) throws Exception {
        return run(List.of("sh", "-c", "chmod " + mode + " " + name
                + "; exec setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all \"$@\"", "sh"),
                "in.jsonl", "out.jsonl", 1);
    }

    private String run(List<String> before, String input, String output, int size) throws Exception {
        Path folder = Tool.folder();
        try {
            Files.writeString(folder.resolve("in.jsonl"), LINE.formatted("x".repeat(size)));
            Tool.Ran ran = tool.run(folder, Map.of(), before, List.of("run", input, "--output", output, "--emulator"),
                    PATIENCE);
            String problem = ran.problem("1,2");
            return problem != null ? problem : Files.exists(folder.resolve("out.jsonl")) ? "there is an output" : null;
        } finally {
            new ProcessBuilder("chmod", "-R", "u+rwx", folder.toString()).start().waitFor();
            Tool.delete(folder);
        }
    }
}
