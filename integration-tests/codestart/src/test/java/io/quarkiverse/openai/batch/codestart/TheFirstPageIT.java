package io.quarkiverse.openai.batch.codestart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;

/**
 * Runs the commands of the first page in an empty folder: creates the application, builds and tests it, starts the packaged one
 * at an emulator, and asks for the answers. Not run here: the installation of the extension, and dev mode.
 */
@Timeout(300)
class TheFirstPageIT {

    private static final Path PAGE = Path.of("..", "..", "docs", "modules", "ROOT", "pages", "getting-started.adoc");
    private static final Pattern LISTENING = Pattern.compile(".*Listening on: http://[^:]+:(\\d+).*");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path empty;

    @Test
    void endsWithAnswersInATable() throws Exception {
        run(empty, command("mvn -B io.quarkus:quarkus-maven-plugin"));
        Path reviews = empty.resolve(command("cd ").substring("cd ".length()));
        run(reviews, command("mvn package"));

        try (Emulator emulator = Emulator.start(EmulatorOptions.builder().speed(100).build())) {
            ProcessBuilder application = process(reviews, "exec " + command("java -jar target/"));
            application.environment().put("QUARKUS_OPENAI_BATCH_BASE_URL", emulator.baseUrl().toString());
            application.environment().put("QUARKUS_OPENAI_BATCH_API_KEY", "any");
            application.environment().put("QUARKUS_HTTP_PORT", "0");
            Process running = application.start();
            try {
                String port = port(running);
                curl(command("curl -X POST"), port);
                // the stream ends with the job
                curl("curl http://localhost:8080/reviews/progress", port);

                int lines = Files.readAllLines(reviews.resolve("reviews.csv")).size() - 1;
                assertThat(curl(command("curl http"), port)).containsPattern("(\"mood\".*){" + lines + "}");
            } finally {
                running.destroy();
                running.waitFor();
            }
        }
    }

    /** The command of the page that starts like this. */
    private static String command(String start) throws IOException {
        return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith(start)).findFirst()
                .orElseThrow(() -> new AssertionError("The page has no command " + start));
    }

    private static void run(Path folder, String command) throws Exception {
        Process process = process(folder, command).start();
        List<String> output = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(() -> command + "\n" + String.join("\n", output)).isZero();
    }

    /** A command in a shell with the Maven and the JDK of this test, and an extension that is installed in no shared place. */
    private static ProcessBuilder process(Path folder, String command) {
        ProcessBuilder process = new ProcessBuilder("bash", "-c", command).directory(folder.toFile()).redirectErrorStream(true);
        String java = System.getProperty("java.home");
        process.environment().put("JAVA_HOME", java);
        process.environment().put("PATH",
                System.getProperty("maven-of-users") + "/bin:" + java + "/bin:" + System.getenv("PATH"));
        // as in the tests of this project: half the time
        process.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        process.environment().put("MAVEN_ARGS", "-Dmaven.repo.local=" + System.getProperty("maven.repo.local")
                + " -Dmaven.repo.local.tail=" + System.getProperty("maven.repo.local.tail") + " -Dquarkus.http.test-port=0");
        return process;
    }

    private static String port(Process application) throws IOException {
        BufferedReader output = application.inputReader();
        List<String> before = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.matches()) {
                return listening.group(1);
            }
            before.add(line);
        }
        throw new AssertionError("The application did not start:\n" + String.join("\n", before));
    }

    /** What curl does, at the port of this test. */
    private static String curl(String command, String port) throws Exception {
        String method = command.contains("-X POST") ? "POST" : "GET";
        URI url = URI.create(command.substring(command.indexOf("http://")).replace("8080", port));
        var response = HTTP.send(HttpRequest.newBuilder(url).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as(command).isEqualTo(200);
        return response.body();
    }
}
