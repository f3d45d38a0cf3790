package io.quarkiverse.openai.batch.endurance.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.endurance.process.JobFork;
import io.quarkiverse.openai.batch.endurance.process.JobProcess;
import io.quarkiverse.openai.batch.endurance.process.Mutants;
import io.quarkiverse.openai.batch.endurance.process.Operator;
import io.quarkiverse.openai.batch.endurance.process.ProcessOptions;
import io.quarkiverse.openai.batch.endurance.process.SharedClock;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;

/** One job at a provider that misbehaves, in a process that halts several times and is started again. */
final class SweepRun {

    private static final int SPEED = 1000;
    /** Batches take some twenty minutes, longer than the settle time. */
    private static final double PACE = 0.01;
    private static final int POINTS = 90;
    private static final int LINES_A_CHUNK = 100;
    private static final Set<String> ENDED = Set.of("completed", "failed", "expired", "cancelled");

    private final long seed;
    private final Random random;
    private final Mutants.Kind mutant;
    private final Path application;
    private final Path directory;
    private final Duration atMost;
    private final Set<String> halts;
    private final int lines;
    private final StoredResults results;
    private final ProviderFiles providerFiles;
    private final boolean handled;
    private final Operator operator;
    private int starts;

    /**
     * @param application the packaged processes
     * @param directory for its files, which are deleted if no invariant was broken
     * @param atMost the longest time a process may take
     * @param halts receives the points at which processes halted
     */
    SweepRun(long seed, Mutants.Kind mutant, Path application, Path directory, Duration atMost, Set<String> halts) {
        this.seed = seed;
        this.random = new Random(seed * 31 + 7);
        this.mutant = mutant;
        this.application = application;
        this.directory = directory;
        this.atMost = atMost;
        this.halts = halts;
        this.lines = 101 + random.nextInt(150);
        this.results = random.nextInt(3) == 0 ? StoredResults.DELETE_WHEN_HANDLED : StoredResults.KEEP;
        this.providerFiles = random.nextBoolean() ? ProviderFiles.DELETE : ProviderFiles.KEEP;
        this.handled = results == StoredResults.DELETE_WHEN_HANDLED || random.nextBoolean();
        this.operator = new Operator(sometimes(3, Duration.ofSeconds(3)), sometimes(5, Duration.ofSeconds(4)),
                sometimes(5, Duration.ofHours(3)), random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 0,
                !handled && random.nextBoolean());
    }

    private Duration sometimes(int oneOf, Duration atMost) {
        return random.nextInt(oneOf) > 0 ? Duration.ZERO : Duration.ofMillis(1 + random.nextInt((int) atMost.toMillis()));
    }

    /** @throws BrokenRuleException if an invariant was broken */
    void run() throws IOException {
        deleteDirectory();
        Files.createDirectories(directory);
        SharedClock clock = new SharedClock(Instant.now(), SPEED);
        EmulatorOptions options = EmulatorOptions.builder().clock(clock).speed(PACE).seed(seed).build();
        try (Emulator emulator = Emulator.start(options)) {
            emulator.addForeignBatches(ForeignBatches.over(Duration.ofMinutes(5), random.nextInt(150)));
            new RandomFaults(random).addTo(emulator.faults());
            ProcessOptions process = new ProcessOptions(emulator.baseUrl().toString(), directory, lines, LINES_A_CHUNK, results,
                    providerFiles, handled, clock.start(), SPEED, Duration.ofSeconds(5), random.nextInt(2) * 2, 0,
                    Duration.ZERO, operator, mutant);
            halt(process);
            end(process, emulator);
        }
        deleteDirectory();
    }

    /** Each seed begins at another point, so that a long sweep covers all of them. */
    private void halt(ProcessOptions process) throws IOException {
        int point = 1 + (int) (seed % POINTS);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            boolean inTheMiddle = random.nextInt(4) == 0;
            ProcessOptions halting = inTheMiddle ? process.haltingAfter(Duration.ofMillis(300 + random.nextInt(2000)))
                    : process.haltingAt(point);
            try (JobFork fork = fork(halting)) {
                String said = said(fork);
                if (said.startsWith("ended")) {
                    fork.goOn();
                    return;
                }
                halts.add(said);
            }
            point = 1 + random.nextInt(POINTS / 2);
        }
    }

    private JobFork fork(ProcessOptions options) throws IOException {
        starts++;
        return new JobFork(application, "64m", options, directory.resolve("log").toFile(), atMost);
    }

    private String said(JobFork fork) {
        String said = fork.said();
        if (fork.isLate()) {
            throw broken("the job has not ended in " + atMost);
        }
        if (said == null) {
            throw broken("the process failed, see its log in " + directory);
        }
        return said;
    }

    private void end(ProcessOptions process, Emulator emulator) throws IOException {
        String report;
        try (JobFork fork = fork(process)) {
            report = said(fork);
            emulator.faults().clear();
            fork.goOn();
            said(fork);
        }
        check(emulator, report);
    }

    private void check(Emulator emulator, String report) throws IOException {
        Ledger.Summary ledger = emulator.ledger().summary();
        require(emulator.ledger().paidMoreThanOnce(5).isEmpty(), "lines paid twice: " + emulator.ledger().paidMoreThanOnce(5));
        require(report.contains(" twins=0 "), "batches created twice: " + report);
        List<String> outcomes = results == StoredResults.DELETE_WHEN_HANDLED ? handedOver()
                : Files.readAllLines(directory.resolve(JobProcess.OUTCOMES));
        require(!handled || handedOver().size() == outcomes.size(), "not all handed over");
        int read = linesIn(report);
        require(read == lines || !operator.cancelAfter().isZero() || !operator.deadline().isZero(),
                read + " lines of the source were read");
        List<String> ids = outcomes.stream().map(line -> line.substring(0, line.indexOf(' '))).sorted().toList();
        require(ids.equals(IntStream.range(0, read).mapToObj(n -> "line-" + n).sorted().toList()),
                "not one outcome a line: " + ids.size() + " outcomes of " + read + " lines");
        long succeeded = outcomes.stream().filter(line -> line.endsWith(" SUCCEEDED")).count();
        require(succeeded == ledger.paid() - ledger.undelivered(),
                "answers lost: " + succeeded + " of " + (ledger.paid() - ledger.undelivered()));
        List<JsonNode> running = emulator.batches().stream().filter(batch -> !batch.path("foreign").asBoolean())
                .filter(batch -> !ENDED.contains(batch.path("status").asText())).toList();
        require(running.isEmpty(), "batches that run on: " + running);
        boolean attributed = report.contains(" extra=0 ");
        List<JsonNode> left = emulator.files().stream()
                .filter(file -> attributed || file.path("purpose").asText().equals("batch")).toList();
        require(providerFiles == ProviderFiles.KEEP || left.isEmpty(), "files left over: " + left);
    }

    private static int linesIn(String report) {
        String from = report.substring(report.indexOf("lines=") + "lines=".length());
        return Integer.parseInt(from.substring(0, from.indexOf(' ')));
    }

    /** After each halt, at most a hundred lines are handed over again. */
    private List<String> handedOver() throws IOException {
        Path handled = directory.resolve(JobProcess.HANDLED);
        List<String> all = Files.exists(handled) ? Files.readAllLines(handled) : List.of();
        List<String> different = all.stream().distinct().toList();
        require(all.size() - different.size() <= (starts - 1) * 100, "handed over too often: " + all.size());
        return different;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw broken(otherwise);
        }
    }

    private BrokenRuleException broken(String what) {
        return new BrokenRuleException("seed " + seed + ": " + what);
    }

    private void deleteDirectory() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
