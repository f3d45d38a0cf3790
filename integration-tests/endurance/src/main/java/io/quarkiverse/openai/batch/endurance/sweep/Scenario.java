package io.quarkiverse.openai.batch.endurance.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.endurance.process.JobProcess;
import io.quarkiverse.openai.batch.endurance.process.Misdeed;
import io.quarkiverse.openai.batch.endurance.process.Mutants;
import io.quarkiverse.openai.batch.endurance.process.Operator;
import io.quarkiverse.openai.batch.endurance.process.Plan;
import io.quarkiverse.openai.batch.endurance.process.Plan.Action;
import io.quarkiverse.openai.batch.endurance.process.ProcessOptions;
import io.quarkiverse.openai.batch.endurance.process.SharedClock;
import io.quarkiverse.openai.batch.endurance.process.UserCode;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;

/** What a seed makes of a run. */
final class Scenario {

    static final int POINTS = 90;

    private static final int LINES_A_CHUNK = 100;
    private static final Duration HOUR = Duration.ofHours(1);

    private final long seed;
    private final Set<Dimension> dimensions;
    /** Of what every run has; dimensions have another, so that they change nothing of it. */
    private final Random random;
    private final Random further;
    private final int lines;
    private final StoredResults results;
    private final ProviderFiles providerFiles;
    private final boolean handled;
    private final Operator operator;
    private final List<Misbehaviour> misbehaviours;
    private final int cancelledIn;
    private final InvalidLines invalid;

    /** @param forced what the provider does in any case */
    Scenario(long seed, Set<Dimension> dimensions, List<Misbehaviour> forced) {
        this.seed = seed;
        this.dimensions = dimensions;
        this.random = new Random(seed * 31 + 7);
        this.further = new Random(seed * 37 + 11);
        this.lines = 101 + random.nextInt(150);
        StoredResults stored = random.nextInt(3) == 0 ? StoredResults.DELETE_WHEN_HANDLED : StoredResults.KEEP;
        this.providerFiles = random.nextBoolean() ? ProviderFiles.DELETE : ProviderFiles.KEEP;
        boolean drawn = stored == StoredResults.DELETE_WHEN_HANDLED || random.nextBoolean();
        this.handled = drawn || has(Dimension.CLOSE) || has(Dimension.RESTART);
        this.operator = new Operator(sometimes(3, Duration.ofSeconds(3)), sometimes(5, Duration.ofSeconds(4)),
                sometimes(5, Duration.ofHours(3)), random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 0,
                !drawn && random.nextBoolean() && !handled);
        this.results = has(Dimension.RESTART) ? StoredResults.DELETE_WHEN_HANDLED : stored;
        List<Misbehaviour> drawnToo = has(Dimension.PROVIDER) ? further.ints(0, Misbehaviour.values().length).distinct()
                .limit(1 + further.nextInt(2)).mapToObj(index -> Misbehaviour.values()[index]).toList() : List.of();
        this.misbehaviours = Stream.concat(forced.stream(), drawnToo.stream()).distinct().toList();
        this.cancelledIn = further.nextInt(2);
        this.invalid = has(Dimension.INVALID) ? InvalidLines.random(new Random(seed * 43 + 17), lines) : InvalidLines.NONE;
    }

    InvalidLines invalid() {
        return invalid;
    }

    boolean has(Dimension dimension) {
        return dimensions.contains(dimension);
    }

    private Duration sometimes(int oneOf, Duration atMost) {
        return random.nextInt(oneOf) > 0 ? Duration.ZERO : Duration.ofMillis(1 + random.nextInt((int) atMost.toMillis()));
    }

    Random random() {
        return random;
    }

    int lines() {
        return lines;
    }

    boolean handled() {
        return handled;
    }

    /** Whether lines of the source may never be read. */
    boolean mayEndEarly() {
        return has(Dimension.CANCEL) || !operator.cancelAfter().isZero() || !operator.deadline().isZero();
    }

    List<Misbehaviour> misbehaviours() {
        return misbehaviours;
    }

    /** Whether the outcomes are those that were handed over, since results are deleted. */
    boolean deletesResults() {
        return results == StoredResults.DELETE_WHEN_HANDLED;
    }

    /** Whether no file may be left at the provider. */
    boolean deletesFiles() {
        return providerFiles == ProviderFiles.DELETE && !has(Dimension.RESTART)
                && !misbehaviours.contains(Misbehaviour.DELETE_REFUSED);
    }

    /** Whether paid answers may be lost. */
    boolean losesAnswers() {
        return misbehaviours.stream().anyMatch(Misbehaviour::losesAnswers);
    }

    boolean hidesBatches() {
        return misbehaviours.stream().anyMatch(Misbehaviour::hidesBatches);
    }

    /** The options of all processes. */
    ProcessOptions options(Emulator emulator, Place place, SharedClock clock, Mutants.Kind mutant) {
        return new ProcessOptions(emulator.baseUrl().toString(), place.directory(), place.database(), lines, LINES_A_CHUNK,
                results, providerFiles,
                handled, clock.start(), clock.factor(), Duration.ofSeconds(5), random.nextInt(2) * 2, Duration.ZERO, Plan.NONE,
                Duration.ZERO, JobProcess.ACCOUNT, 0, UserCode.USUAL, operator, invalid.attempts(), mutant);
    }

    /**
     * The options of one process.
     *
     * @param start its number, counted from 0
     * @param last whether no other follows
     */
    ProcessOptions of(ProcessOptions options, int start, boolean last) {
        ProcessOptions changed = options;
        if (has(Dimension.CLOCK)) {
            changed = changed.with("clockAhead", HOUR.multipliedBy(further.nextInt(3) - 1L))
                    .with("plan", changed.plan().and(point(), further.nextBoolean() ? Action.FORWARD : Action.BACK));
        }
        if (has(Dimension.PAUSE)) {
            for (int i = further.nextInt(4); i > 0; i--) {
                changed = changed.with("plan", changed.plan().and(point(), Action.PAUSE));
            }
        }
        if (has(Dimension.CANCEL) && start == cancelledIn) {
            changed = changed.with("plan", changed.plan().and(point(), Action.CANCEL));
        }
        if (has(Dimension.USER_CODE) || has(Dimension.CLOSE)) {
            changed = changed.with("user", userCode());
        }
        if (has(Dimension.RESTART)) {
            changed = restarted(changed, last);
        }
        return has(Dimension.POWER) ? changed.with("powerLoss", seed * 100 + start + 1) : changed;
    }

    private int point() {
        return 1 + further.nextInt(POINTS);
    }

    private UserCode userCode() {
        boolean misbehaves = has(Dimension.USER_CODE);
        return new UserCode(misbehaves && further.nextBoolean() ? misdeed() : Misdeed.NONE, further.nextInt(lines),
                misbehaves ? misdeed() : Misdeed.EXCEPTION, has(Dimension.CLOSE));
    }

    private Misdeed misdeed() {
        return Misdeed.values()[further.nextInt(Misdeed.values().length)];
    }

    private ProcessOptions restarted(ProcessOptions options, boolean last) {
        String url = options.baseUrl();
        return options.with("linesAChunk", IntStream.of(60, LINES_A_CHUNK, 140).toArray()[further.nextInt(3)])
                .with("baseUrl", further.nextBoolean() ? url : url.replace("127.0.0.1", "localhost"))
                .with("providerFiles", further.nextBoolean() ? ProviderFiles.DELETE : ProviderFiles.KEEP)
                .with("results", last || further.nextBoolean() ? StoredResults.DELETE_WHEN_HANDLED : StoredResults.KEEP);
    }

    @Override
    public String toString() {
        return "seed " + seed + (dimensions.isEmpty() ? "" : " " + dimensions)
                + (misbehaviours.isEmpty() ? "" : " " + misbehaviours);
    }
}
