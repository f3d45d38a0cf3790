import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures what the extension adds to the start of an application: the difference of the medians of alternating starts with and
 * without it; alone, beside the libraries that it stands on, and beside health, metrics and traces. Run it in the root of the
 * project: {@code java integration-tests/start/StartTimes.java}, with a number of rounds if it should not be 31.
 */
class StartTimes {

    private static final List<String> BESIDE = List.of("", "libraries", "health", "metrics", "traces");
    private static final Path BUILT = Path.of("integration-tests", "start", "target");
    private static final int RESAMPLES = 10_000;

    private final Random random = new Random(17);
    private final Map<String, List<Start>> starts = new HashMap<>();

    /** In milliseconds: until the application was started, and on all cores until then. */
    private record Start(double time, double cpu) {
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 31 : Integer.parseInt(arguments[0]);
        new StartTimes().run(rounds);
    }

    private void run(int rounds) throws Exception {
        List<String> names = new ArrayList<>();
        for (String beside : BESIDE) {
            names.add(name("without", beside));
            names.add(name("with", beside));
        }
        for (String name : names) {
            build(name);
            start(name);
            starts.put(name, new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(names, random);
            for (String name : names) {
                starts.get(name).add(start(name));
            }
        }
        print("Time of a start", rounds, Start::time);
        print("CPU of a start", rounds, Start::cpu);
    }

    private void print(String title, int rounds, ToDoubleFunction<Start> of) {
        System.out.println(title);
        int[] all = IntStream.range(0, rounds).toArray();
        for (String beside : BESIDE) {
            System.out.printf("  %-9s without %.0f ms, with %.0f ms: %s ms more", beside,
                    median(name("without", beside), all, of), median(name("with", beside), all, of),
                    interval(all, rows -> difference(beside, rows, of)));
            System.out.println(beside.isEmpty() ? ""
                    : ", %s ms more than alone".formatted(
                            interval(all, rows -> difference(beside, rows, of) - difference("", rows, of))));
        }
    }

    private static String name(String extension, String beside) {
        return beside.isEmpty() ? extension : extension + "-" + beside;
    }

    private static void build(String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-Dno-format", "-DskipTests", "-Pstart", "-pl",
                "integration-tests/start", "-am", "-Dstart.name=" + name, "package"));
        for (String part : name.split("-")) {
            command.add("-Dstart." + part);
        }
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("The build of " + name + " failed");
        }
    }

    /** From the start of the process to the line that says that the application is started. */
    private static Start start(String name) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("start");
        long begin = System.nanoTime();
        Process process = new ProcessBuilder("java", "-Dquarkus.http.port=0", "-Dquarkus.otel.sdk.disabled=false",
                "-Dquarkus.otel.exporter.otlp.endpoint=http://127.0.0.1:9", "-Dquarkus.openai-batch.api-key=key",
                "-Dquarkus.openai-batch.jobs.directory=" + data,
                "-jar", BUILT.resolve(name).resolve("quarkus-app/quarkus-run.jar").toString())
                .redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(" started in ")) {
                    return new Start((System.nanoTime() - begin) / 1e6,
                            process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6);
                }
            }
            throw new IllegalStateException(name + " did not start");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private double difference(String beside, int[] rows, ToDoubleFunction<Start> of) {
        return median(name("with", beside), rows, of) - median(name("without", beside), rows, of);
    }

    private double median(String name, int[] rows, ToDoubleFunction<Start> of) {
        double[] values = Arrays.stream(rows).mapToObj(starts.get(name)::get).mapToDouble(of).sorted().toArray();
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }

    /** With its 95 % interval, by drawing rounds again. */
    private String interval(int[] rounds, ToDoubleFunction<int[]> measure) {
        double[] drawn = IntStream.range(0, RESAMPLES)
                .mapToDouble(n -> measure.applyAsDouble(random.ints(rounds.length, 0, rounds.length).toArray())).sorted()
                .toArray();
        return "%.0f (%.0f to %.0f)".formatted(measure.applyAsDouble(rounds), drawn[RESAMPLES / 40],
                drawn[RESAMPLES - 1 - RESAMPLES / 40]);
    }
}
