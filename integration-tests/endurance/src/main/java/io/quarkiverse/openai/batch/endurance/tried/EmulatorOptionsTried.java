package io.quarkiverse.openai.batch.endurance.tried;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Options of the emulator: a wrong one is told in a sentence, with the exit code 2; what cannot be had, with 1. */
final class EmulatorOptionsTried implements Area {

    private static final int SECONDS = 30;

    private final ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Trial> trials = new ArrayList<>();

    EmulatorOptionsTried() throws IOException {
        for (String wrong : List.of("--host=", "--host= ", "--host=no such host", "--host=0.0.0.0", "--port", "--port=x",
                "--port=-1", "--port=70000", "--port=99999999999999999999", "--nope", "x", "--speed=0", "--speed=-1",
                "--speed=NaN", "--speed=1e999", "--clock=sundial", "--seed=1.5", "--upstream=ftp://x", "--upstream=x",
                "--upstream=http://u:p@x", "--key=", "--dir=\0", "--webhook=ftp://x", "--webhook=http://u:p@x/",
                "--webhook=http://u:p @x/", "--webhook=http://x:70000/", "--webhook-secret=x", "--webhook-secret=whsec_x")) {
            if (wrong.indexOf('\0') < 0) {
                trials.add(new Trial(wrong, () -> run(2, wrong)));
            }
        }
        trials.add(new Trial("a port that is taken", () -> run(1, "--port=" + taken.getLocalPort())));
        trials.add(new Trial("a directory in a file", () -> run(1, "--dir=/etc/passwd/x")));
        trials.add(new Trial("--help", () -> run(0, "--help")));
    }

    private static String run(int exit, String argument) throws Exception {
        Process process = EmulatorForks.command("64m", List.of(argument)).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "it runs";
        }
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.exitValue() != exit) {
            return "exit code " + process.exitValue() + ": " + told;
        }
        boolean trace = told.contains("\tat ") || told.contains("Exception");
        return trace || exit != 0 && told.isBlank() || told.contains("u:p") ? "not a sentence: " + told : null;
    }

    @Override
    public List<Trial> trials() {
        return trials;
    }

    @Override
    public void close() {
        try {
            taken.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
