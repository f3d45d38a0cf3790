package io.quarkiverse.openai.batch.emulator.control;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The misbehaviour an emulator has been told. One fault at most happens to a request, and one to a new batch: the first, in the
 * order in which they were added, whose time has come.
 */
public final class Faults {

    private final InstantSource clock;
    private final long seed;
    private final List<Rule<RequestFault>> requestRules = new ArrayList<>();
    private final List<Rule<BatchFault>> batchRules = new ArrayList<>();
    private int added;

    /** @param seed of all probabilities */
    public Faults(InstantSource clock, long seed) {
        this.clock = clock;
        this.seed = seed;
    }

    /**
     * Adds a misbehaviour towards requests.
     *
     * @return its id, for {@link #remove}
     * @throws IllegalArgumentException if it makes no sense
     */
    public String add(RequestFault fault) {
        return add(requestRules, fault);
    }

    /**
     * Adds a misbehaviour of batches created from now on.
     *
     * @return its id, for {@link #remove}
     * @throws IllegalArgumentException if it makes no sense
     */
    public String add(BatchFault fault) {
        return add(batchRules, fault);
    }

    private synchronized <F extends Fault<F>> String add(List<Rule<F>> rules, F fault) {
        fault.check();
        String id = "fault-" + ++added;
        rules.add(new Rule<>(id, fault, clock.instant(), new Random(seed + added)));
        return id;
    }

    /** Takes a fault back; false if there is none of that id. */
    public synchronized boolean remove(String id) {
        return requestRules.removeIf(rule -> rule.id.equals(id)) | batchRules.removeIf(rule -> rule.id.equals(id));
    }

    /** Takes all faults back. Batches keep what they were created with. */
    public synchronized void clear() {
        requestRules.clear();
        batchRules.clear();
    }

    /** What happens to a request. */
    public Optional<RequestFault> next(Operation operation, String id) {
        return next(requestRules, fault -> fault.matches(operation, id)).map(rule -> rule.fault);
    }

    /** What happens to a new batch. */
    public Optional<SeededBatchFault> nextOfBatch() {
        return next(batchRules, fault -> true).map(rule -> new SeededBatchFault(rule.fault, rule.random.nextLong()));
    }

    private synchronized <F extends Fault<F>> Optional<Rule<F>> next(List<Rule<F>> rules, Predicate<F> matches) {
        for (Rule<F> rule : rules) {
            if (matches.test(rule.fault) && rule.happens(clock.instant())) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** The faults of requests and how often they have happened. */
    public synchronized List<State<RequestFault>> requestFaults() {
        return requestRules.stream().map(Rule::state).toList();
    }

    /** The faults of batches and how often they have happened. */
    public synchronized List<State<BatchFault>> batchFaults() {
        return batchRules.stream().map(Rule::state).toList();
    }

    /**
     * A fault and what has become of it.
     *
     * @param seen how many occasions there were
     * @param happened on how many of them it happened
     */
    public record State<F>(String id, F fault, int seen, int happened) {
    }

    /**
     * A fault of one batch.
     *
     * @param seed of what is random in it
     */
    public record SeededBatchFault(BatchFault fault, long seed) {

        /** No misbehaviour. */
        public static final SeededBatchFault NONE = new SeededBatchFault(new BatchFault(), 0);
    }

    private static final class Rule<F extends Fault<F>> {
        private final String id;
        private final F fault;
        private final Instant addedAt;
        private final Random random;
        private int seen;
        private int happened;

        Rule(String id, F fault, Instant addedAt, Random random) {
            this.id = id;
            this.fault = fault;
            this.addedAt = addedAt;
            this.random = random;
        }

        boolean happens(Instant now) {
            boolean over = fault.times() > 0 && happened == fault.times()
                    || fault.lasting() != null && !now.isBefore(addedAt.plus(fault.lasting()));
            if (over || ++seen <= fault.skip() || random.nextDouble() >= fault.probability()) {
                return false;
            }
            happened++;
            return true;
        }

        State<F> state() {
            return new State<>(id, fault, seen, happened);
        }
    }
}
