package io.quarkiverse.openai.batch.endurance.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import io.quarkiverse.openai.batch.endurance.process.Mutants;

/**
 * Runs jobs at a provider that misbehaves, in processes that halt before and after their effects, and checks the invariants
 * by the provider's ledger: each line has one outcome, no paid line is run again, no batch runs twice, and no file is left
 * that had to be deleted. A seed always makes the same faults and halts.
 */
public final class CrashSweep {

    private final Path application;
    private final Path directory;
    private final int atOnce;
    private final Set<Dimension> dimensions;
    private final List<Misbehaviour> misbehaviours;
    private final Store store;
    private final Seen seen = new Seen();

    /**
     * @param application the packaged processes
     * @param directory for the files of runs that broke an invariant
     * @param atOnce the number of runs at a time
     * @param dimensions what may happen besides halts
     * @param misbehaviours what the provider does in any case
     * @param store of the jobs
     * @throws IllegalArgumentException if the power is to fail of something else than a disk of files
     */
    public CrashSweep(Path application, Path directory, int atOnce, Set<Dimension> dimensions,
            List<Misbehaviour> misbehaviours, Store store) {
        if (store == Store.DATABASE && dimensions.contains(Dimension.POWER)) {
            throw new IllegalArgumentException("POWER is for store=directory: a loss of what is not forced to disk");
        }
        this.application = application;
        this.directory = directory;
        this.atOnce = atOnce;
        this.dimensions = dimensions;
        this.misbehaviours = misbehaviours;
        this.store = store;
    }

    /** The points at which processes have halted. */
    public Set<String> halts() {
        return seen.halts();
    }

    /** Lines that were asked for again since their answers were invalid, and were answered again. */
    public long answeredAgain() {
        return seen.answeredAgain();
    }

    /** Moves of chunks that are not in the table of their states. */
    public List<String> forbiddenMoves() {
        return Moves.forbidden(seen.moves());
    }

    /** The invariants that these seeds broke; those of all seeds, or only the first. */
    public List<String> broken(long from, long seeds, Mutants.Kind mutant, Duration atMost, boolean untilFirst) {
        ExecutorService runs = Executors.newFixedThreadPool(atOnce);
        try (Databases databases = store == Store.DATABASE ? new Databases(directory.resolve("postgres")) : null) {
            List<Future<String>> started = LongStream.range(from, from + seeds)
                    .mapToObj(seed -> runs.submit(() -> broken(seed, mutant, atMost, databases))).toList();
            List<String> broken = new ArrayList<>();
            for (Future<String> run : started) {
                String text = run.get();
                if (text != null) {
                    broken.add(text);
                }
                if (text != null && untilFirst) {
                    break;
                }
            }
            return broken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            runs.shutdownNow();
        }
    }

    private String broken(long seed, Mutants.Kind mutant, Duration atMost, Databases databases) throws IOException {
        Place place = Place.named("sweep-" + mutant + "-" + seed, directory, databases);
        try {
            new SweepRun(seed, new Scenario(seed, dimensions, misbehaviours), mutant, application, place, atMost, seen).run();
            return null;
        } catch (BrokenRuleException e) {
            return e.getMessage();
        }
    }

    /**
     * Arguments: {@code seeds=300 from=0 at-once=2 mutant=NONE dimensions=CLOCK,PAUSE
     * provider=COMPRESSES store=directory until-first=false}; exits with 1 if a rule was broken.
     */
    public static void main(String... arguments) {
        Arguments given = new Arguments(arguments);
        CrashSweep sweep = new CrashSweep(Path.of("quarkus-app", "quarkus-run.jar"), Path.of("crash-sweep").toAbsolutePath(),
                (int) given.number("at-once", 2), Dimension.parse(given.text("dimensions", "")),
                Misbehaviour.parse(given.text("provider", "")), Store.of(given.text("store", "directory")));
        List<String> broken = sweep.broken(given.number("from", 0), given.number("seeds", 300),
                Mutants.Kind.valueOf(given.text("mutant", "NONE")), Duration.ofMinutes(3),
                Boolean.parseBoolean(given.text("until-first", "false")));
        sweep.halts().stream().sorted().forEach(System.out::println);
        Moves.report(sweep.seen.moves()).forEach(System.out::println);
        broken.forEach(System.out::println);
        System.out.printf("%d seeds, halts at %d places, %d lines answered again, %d broken%n", given.number("seeds", 300),
                sweep.halts().size(), sweep.answeredAgain(), broken.size());
        System.exit(broken.isEmpty() ? 0 : 1);
    }
}
