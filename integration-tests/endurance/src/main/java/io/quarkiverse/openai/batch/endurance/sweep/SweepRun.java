package io.quarkiverse.openai.batch.endurance.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.ListingFault;
import io.quarkiverse.openai.batch.endurance.process.JobFork;
import io.quarkiverse.openai.batch.endurance.process.JobProcess;
import io.quarkiverse.openai.batch.endurance.process.Mutants;
import io.quarkiverse.openai.batch.endurance.process.Plan.Action;
import io.quarkiverse.openai.batch.endurance.process.ProcessOptions;
import io.quarkiverse.openai.batch.endurance.process.SharedClock;

/** One job at a provider that misbehaves, in a process that halts several times and is started again. */
final class SweepRun {

    private static final int SPEED = 1000;
    private static final String MISSING = " MISSING";
    private static final String INVALID = " INVALID";
    private static final String SUCCEEDED = " SUCCEEDED";
    /** How many chunks a process hands over at a time. */
    private static final int HANDED_AT_ONCE = 4;
    /** Batches take some twenty minutes, longer than the settle time. */
    private static final double PACE = 0.01;
    /** The time-out of a cancel, and half a minute of a machine that does other things, at the speed of the clock. */
    private static final Duration LONGEST_CANCEL = JobProcess.CANCEL_TIMEOUT.plus(Duration.ofSeconds(30).multipliedBy(SPEED));
    private static final Set<String> ENDED = Set.of("completed", "failed", "expired", "cancelled");

    private final long seed;
    private final Scenario scenario;
    private final Random random;
    private final Mutants.Kind mutant;
    private final Path application;
    private final Place place;
    private final Duration atMost;
    private final Seen seen;
    /** Whether a person was asked whether a batch was created, and resumed: lines may be paid twice then. */
    private boolean asked;
    private int starts;

    /**
     * @param application the packaged processes
     * @param place of its job, which is deleted if no invariant was broken
     * @param atMost the longest time a process may take
     * @param seen receives what happened
     */
    SweepRun(long seed, Scenario scenario, Mutants.Kind mutant, Path application, Place place, Duration atMost, Seen seen) {
        this.seed = seed;
        this.scenario = scenario;
        this.random = scenario.random();
        this.mutant = mutant;
        this.application = application;
        this.place = place;
        this.atMost = atMost;
        this.seen = seen;
    }

    /** @throws BrokenRuleException if an invariant was broken */
    void run() throws IOException {
        place.make();
        SharedClock clock = new SharedClock(Instant.now(), SPEED);
        EmulatorOptions options = EmulatorOptions.builder().clock(clock).speed(PACE).seed(seed).build();
        try (Emulator emulator = Emulator.start(options)) {
            emulator.addForeignBatches(ForeignBatches.over(Duration.ofMinutes(5), random.nextInt(150)));
            Random faults = new Random(seed * 41 + 13);
            scenario.misbehaviours().forEach(misbehaviour -> misbehaviour.begin(emulator, faults));
            if (scenario.has(Dimension.LAG)) {
                emulator.faults().add(new ListingFault().lag(Duration.ofMinutes(90)).always());
            } else {
                new RandomFaults(random).addTo(emulator.faults());
            }
            scenario.invalid().addTo(emulator.faults());
            ProcessOptions process = scenario.options(emulator, place, clock, mutant);
            if (!scenario.has(Dimension.LAG)) {
                halt(process);
            }
            if (scenario.has(Dimension.ACCOUNT)) {
                tryOtherAccount(process);
            }
            end(process, emulator);
        }
        place.delete();
    }

    /** Each seed begins at another point, so that a long sweep covers all of them. */
    private void halt(ProcessOptions process) throws IOException {
        int point = 1 + (int) (seed % Scenario.POINTS);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            boolean inTheMiddle = random.nextInt(4) == 0;
            ProcessOptions own = scenario.of(process, starts, false);
            ProcessOptions halting = inTheMiddle ? own.with("haltAfter", Duration.ofMillis(300 + random.nextInt(2000)))
                    : own.with("plan", own.plan().and(point, Action.HALT));
            try (JobFork fork = fork(halting)) {
                String said = said(fork);
                if (said.startsWith("ended")) {
                    fork.goOn();
                    return;
                }
                seen.halt(said);
            }
            point = 1 + random.nextInt(Scenario.POINTS / 2);
        }
    }

    /** A process with the key of another account sends nothing of the job there. */
    private void tryOtherAccount(ProcessOptions process) throws IOException {
        try (Emulator other = Emulator.start(EmulatorOptions.builder().speed(1_000).build());
                JobFork fork = fork(process.with("baseUrl", other.baseUrl().toString()).with("account", "other"))) {
            String said = said(fork);
            require(other.files().isEmpty() && other.batches().isEmpty(), "sent to another account: " + said);
            require(!said.startsWith("silent"), "silent about another account");
        }
    }

    private JobFork fork(ProcessOptions options) throws IOException {
        starts++;
        return new JobFork(application, "64m", options, place.directory().resolve("log").toFile(), atMost);
    }

    private String said(JobFork fork) {
        String said = fork.said();
        seen.moves(fork.moves());
        asked |= fork.moves().contains("CREATING OPEN");
        if (fork.isLate()) {
            throw broken("the job has not ended in " + atMost);
        }
        if (said == null) {
            throw broken("the process failed, see its log in " + place.directory());
        }
        if (said.startsWith("silent")) {
            throw broken(said);
        }
        return said;
    }

    private void end(ProcessOptions process, Emulator emulator) throws IOException {
        String report;
        String written;
        try (JobFork fork = fork(scenario.of(process, starts, true))) {
            report = said(fork);
            emulator.faults().clear();
            fork.goOn();
            written = said(fork);
        }
        check(emulator, report, number(written, "tokens"));
    }

    private void check(Emulator emulator, String report, long tokens) throws IOException {
        Ledger.Summary ledger = emulator.ledger().summary();
        boolean mayPayTwice = scenario.hidesBatches() || asked;
        if (!mayPayTwice) {
            require(scenario.has(Dimension.INVALID) || emulator.ledger().paidMoreThanOnce(5).isEmpty(),
                    "lines paid twice: " + emulator.ledger().paidMoreThanOnce(5));
            require(report.contains(" twins=0 "), "batches created twice: " + report);
        }
        require(report.contains(" resigned=false"), "only a cancel ended it: " + report);
        require(number(report, "cancelled") <= LONGEST_CANCEL.toSeconds(), "the cancel took too long: " + report);
        List<String> outcomes = scenario.deletesResults() ? latest(handedOver())
                : Files.readAllLines(place.directory().resolve(JobProcess.OUTCOMES));
        require(!scenario.handled() || latest(handedOver()).size() == outcomes.size(), "not all handed over");
        int read = (int) number(report, "lines");
        require(read == scenario.lines() || scenario.mayEndEarly() || report.contains(" state=CANCELLED "),
                read + " lines of the source were read: " + report);
        List<String> ids = outcomes.stream().map(SweepRun::id).sorted().toList();
        require(ids.equals(IntStream.range(0, read).mapToObj(n -> "line-" + n).sorted().toList()),
                "not one outcome a line: " + ids.size() + " outcomes of " + read + " lines");
        boolean mayLose = scenario.losesAnswers() || mayPayTwice;
        if (scenario.has(Dimension.INVALID)) {
            checkInvalid(emulator, outcomes, mayLose);
            require(mayLose || ledger.undelivered() > 0 || tokens == tokens(emulator),
                    "tokens counted: " + tokens + " of " + tokens(emulator));
        } else {
            long succeeded = outcomes.stream().filter(line -> line.endsWith(SUCCEEDED)).count();
            long delivered = ledger.paid() - ledger.undelivered();
            require(succeeded == delivered || succeeded < delivered && mayLose,
                    "answers lost: " + succeeded + " of " + delivered);
        }
        List<JsonNode> running = emulator.batches().stream().filter(batch -> !batch.path("foreign").asBoolean())
                .filter(batch -> !ENDED.contains(batch.path("status").asText())).toList();
        require(running.isEmpty() || scenario.misbehaviours().contains(Misbehaviour.CANCEL_REFUSED),
                "batches that run on: " + running);
        // nothing is deleted while lines belong to no request
        List<JsonNode> left = report.contains(" attributed=false") ? List.of() : emulator.files();
        require(!scenario.deletesFiles() || left.isEmpty(), "files left over: " + left);
    }

    private void checkInvalid(Emulator emulator, List<String> outcomes, boolean mayLose) {
        for (String line : outcomes) {
            String id = id(line);
            List<Ledger.Line> entries = emulator.ledger().lines(id);
            String problem = scenario.invalid().problem(id, line.substring(line.indexOf(' ') + 1),
                    entries.stream().mapToLong(Ledger.Line::paid).sum(),
                    entries.stream().mapToLong(Ledger.Line::undelivered).sum());
            require(mayLose || problem == null, id + " " + problem);
        }
        seen.answeredAgain(scenario.invalid().answeredAgain(emulator.ledger()));
    }

    /** Of all batches of the job. */
    private static long tokens(Emulator emulator) {
        return emulator.batches().stream().filter(batch -> !batch.path("foreign").asBoolean())
                .mapToLong(batch -> batch.at("/usage/total_tokens").asLong()).sum();
    }

    private static long number(String report, String name) {
        String from = report.substring(report.indexOf(" " + name + "=") + name.length() + 2);
        return Long.parseLong(from.substring(0, from.indexOf(' ')));
    }

    /** After each halt, at most a hundred lines of each chunk that was being handed over are handed over again. */
    private List<String> handedOver() throws IOException {
        Path handled = place.directory().resolve(JobProcess.HANDLED);
        List<String> all = Files.exists(handled) ? Files.readAllLines(handled) : List.of();
        List<String> different = all.stream().distinct().toList();
        int again = HANDED_AT_ONCE * ((starts - 1) * 100 + (scenario.has(Dimension.CLOSE) ? starts * 100 : 0));
        require(all.size() - different.size() <= again, "handed over too often: " + all.size());
        return different;
    }

    /**
     * What a job that was cancelled under another account did not wait for is handed over again once it is read: lines that
     * were missing, or had an invalid answer of an earlier batch until then.
     */
    private List<String> latest(List<String> handedOver) {
        if (!scenario.has(Dimension.ACCOUNT)) {
            return handedOver;
        }
        Set<String> answered = ids(handedOver, line -> !line.endsWith(MISSING));
        Set<String> succeeded = ids(handedOver, line -> line.endsWith(SUCCEEDED));
        return handedOver.stream().filter(line -> !(line.endsWith(MISSING) && answered.contains(id(line))
                || line.endsWith(INVALID) && succeeded.contains(id(line)))).toList();
    }

    private static Set<String> ids(List<String> lines, Predicate<String> which) {
        return lines.stream().filter(which).map(SweepRun::id).collect(Collectors.toSet());
    }

    private static String id(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw broken(otherwise);
        }
    }

    private BrokenRuleException broken(String what) {
        return new BrokenRuleException(scenario + ": " + what);
    }
}
