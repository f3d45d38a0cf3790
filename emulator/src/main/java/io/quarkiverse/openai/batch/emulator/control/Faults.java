package io.quarkiverse.openai.batch.emulator.control;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The misbehaviour an emulator has been told. Of the faults whose time has come, in the order in which they were added, the
 * first happens to a new batch or a webhook; to a request those that change different things about it (its answer, time,
 * headers, fields,
 * the way in which its body is sent, its encoding); and to a listing all.
 */
public final class Faults {

    private final InstantSource clock;
    private final long seed;
    private final List<Rule<RequestFault>> requestRules = new ArrayList<>();
    private final List<Rule<BatchFault>> batchRules = new ArrayList<>();
    private final List<Rule<ListingFault>> listingRules = new ArrayList<>();
    private final List<Rule<WebhookFault>> webhookRules = new ArrayList<>();
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

    /**
     * Adds a misbehaviour of a listing.
     *
     * @return its id, for {@link #remove}
     * @throws IllegalArgumentException if it makes no sense
     */
    public String add(ListingFault fault) {
        return add(listingRules, fault);
    }

    /**
     * Adds a misbehaviour of webhooks of batches that end from now on.
     *
     * @return its id, for {@link #remove}
     * @throws IllegalArgumentException if it makes no sense
     */
    public String add(WebhookFault fault) {
        return add(webhookRules, fault);
    }

    private synchronized <F extends Fault<F>> String add(List<Rule<F>> rules, F fault) {
        fault.check();
        String id = "fault-" + ++added;
        rules.add(new Rule<>(id, fault, clock.instant(), seed + added));
        return id;
    }

    /** Takes a fault back; false if there is none of that id. */
    public synchronized boolean remove(String id) {
        return requestRules.removeIf(rule -> rule.id.equals(id)) | batchRules.removeIf(rule -> rule.id.equals(id))
                | listingRules.removeIf(rule -> rule.id.equals(id)) | webhookRules.removeIf(rule -> rule.id.equals(id));
    }

    /** Takes all faults back. Batches keep what they were created with. */
    public synchronized void clear() {
        requestRules.clear();
        batchRules.clear();
        listingRules.clear();
        webhookRules.clear();
    }

    /** What happens to a request. */
    public synchronized Optional<RequestFault> next(Operation operation, String id) {
        Set<RequestFault.Matter> changed = EnumSet.noneOf(RequestFault.Matter.class);
        List<RequestFault> happening = new ArrayList<>();
        Instant now = clock.instant();
        for (Rule<RequestFault> rule : requestRules) {
            Set<RequestFault.Matter> matters = rule.fault.matters();
            if (rule.fault.matches(operation, id) && Collections.disjoint(changed, matters) && rule.happens(now)) {
                changed.addAll(matters);
                happening.add(rule.fault);
            }
        }
        return happening.isEmpty() ? Optional.empty() : Optional.of(RequestFault.together(happening));
    }

    /** What happens to a new batch. */
    public synchronized Optional<SeededBatchFault> nextOfBatch() {
        Instant now = clock.instant();
        return batchRules.stream().filter(rule -> rule.happens(now)).findFirst()
                .map(rule -> new SeededBatchFault(rule.fault, rule.random.nextLong()));
    }

    /** What happens to a page of a listing. */
    public synchronized List<SeededListingFault> nextOfListing(Operation operation) {
        Instant now = clock.instant();
        return listingRules.stream().filter(rule -> rule.fault.matches(operation) && rule.happens(now))
                .map(rule -> new SeededListingFault(rule.fault, rule.seed)).toList();
    }

    /** What happens to a webhook of a type. */
    public synchronized Optional<WebhookFault> nextOfWebhook(String type) {
        Instant now = clock.instant();
        return webhookRules.stream().filter(rule -> rule.fault.matches(type) && rule.happens(now)).findFirst()
                .map(rule -> rule.fault);
    }

    /** The faults of requests and how often they have happened. */
    public synchronized List<State<RequestFault>> requestFaults() {
        return requestRules.stream().map(Rule::state).toList();
    }

    /** The faults of batches and how often they have happened. */
    public synchronized List<State<BatchFault>> batchFaults() {
        return batchRules.stream().map(Rule::state).toList();
    }

    /** The faults of listings and how often they have happened. */
    public synchronized List<State<ListingFault>> listingFaults() {
        return listingRules.stream().map(Rule::state).toList();
    }

    /** The faults of webhooks and how often they have happened. */
    public synchronized List<State<WebhookFault>> webhookFaults() {
        return webhookRules.stream().map(Rule::state).toList();
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

    /**
     * A fault of one listing.
     *
     * @param seed of what is random in it, the same for all pages
     */
    public record SeededListingFault(ListingFault fault, long seed) {
    }

    private static final class Rule<F extends Fault<F>> {
        private final String id;
        private final F fault;
        private final Instant addedAt;
        private final long seed;
        private final Random random;
        private int seen;
        private int happened;

        Rule(String id, F fault, Instant addedAt, long seed) {
            this.id = id;
            this.fault = fault;
            this.addedAt = addedAt;
            this.seed = seed;
            this.random = new Random(seed);
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
