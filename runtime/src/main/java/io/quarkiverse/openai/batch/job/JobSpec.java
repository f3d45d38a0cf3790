package io.quarkiverse.openai.batch.job;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/**
 * Describes a job to submit. Start with {@link #named}; each method returns a changed copy.
 */
public final class JobSpec {

    static final String DEFAULT_CLIENT = "<default>";

    /** Names and versions appear in logs and messages unchanged. */
    private static final Pattern PLAIN = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]{1,200}");

    private final Values values;

    private JobSpec(Values values) {
        this.values = values;
    }

    /** What is set, in a copy that is changed before it becomes a specification. */
    private static final class Values implements Cloneable {

        private String name;
        private String version = "1";
        private String client = DEFAULT_CLIENT;
        private boolean checkFirst;
        private String completionWindow;
        private int priority;
        private Map<String, String> tags = Map.of();
        private Instant deadline;
        private long maxTokens;
        private BigDecimal maxCost;
        private int canaryLines;
        private double canaryFailures;
        private Supplier<Stream<BatchRequest>> requests;
        private boolean oneShot;

        @Override
        protected Values clone() {
            try {
                return (Values) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private JobSpec with(Consumer<Values> change) {
        Values changed = values.clone();
        change.accept(changed);
        return new JobSpec(changed);
    }

    /**
     * @param name of the job, unique in the application; 1 to 200 characters
     * @throws IllegalArgumentException if the name is blank, longer, or has control characters
     */
    public static JobSpec named(String name) {
        String checked = checked("name", name);
        return new JobSpec(new Values()).with(values -> values.name = checked);
    }

    private static String checked(String what, String text) {
        if (text == null || text.isBlank() || !PLAIN.matcher(text).matches()) {
            throw new IllegalArgumentException("A job needs a %s of 1 to 200 characters, none of them a control character"
                    .formatted(what));
        }
        return text;
    }

    /**
     * Distinguishes two jobs of the same name. Default: {@code 1}.
     *
     * @throws IllegalArgumentException if it is blank, longer than 200 characters, or has control characters
     */
    public JobSpec version(String newVersion) {
        String checked = checked("version", newVersion);
        return with(changed -> changed.version = checked);
    }

    /** The named client that sends the job. Default: the default client. */
    public JobSpec client(String newClient) {
        return with(changed -> changed.client = newClient);
    }

    /**
     * Reads the source to its end, and checks each line, before anything is uploaded. A line that breaks a rule then interrupts
     * the job before it costs anything. {@link #maxTokens} and {@link #maxCost} imply this. Default: chunks are sent while the
     * source is read, and a wrong line interrupts the job before its own chunk is uploaded.
     */
    public JobSpec checkFirst() {
        return with(changed -> changed.checkFirst = true);
    }

    /** The completion window of the job's batches. Default: that of the client. */
    public JobSpec completionWindow(String window) {
        return with(changed -> changed.completionWindow = window);
    }

    /**
     * The priority of the job where an account has no room for all: higher ones are sent first, equal ones share the room.
     * Default: 0.
     */
    public JobSpec priority(int newPriority) {
        return with(changed -> changed.priority = newPriority);
    }

    /**
     * Adds a metadata entry to every batch of the job, to find them at the provider. OpenAI accepts 16 entries, with keys of at
     * most 64 and values of at most 512 characters.
     */
    public JobSpec tag(String key, String value) {
        return with(changed -> {
            Map<String, String> pairs = new TreeMap<>(changed.tags);
            pairs.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            changed.tags = Collections.unmodifiableMap(pairs);
        });
    }

    /**
     * The time at which an unfinished job is stopped: nothing more is sent, running batches are cancelled, answers are
     * collected,
     * and the other lines are {@link Outcome#CANCELLED}. Default: none.
     */
    public JobSpec deadline(Instant newDeadline) {
        return with(changed -> changed.deadline = newDeadline);
    }

    /**
     * Limits the tokens of prompts and answers. The source is read to its end before anything is sent; the job pauses if its
     * estimate is above the limit. Later, when the next batch would exceed the limit, nothing more is sent, running batches are
     * collected, and the other lines are {@link Outcome#CANCELLED}. The tokens of a batch are known only after its end, so the
     * limit can be exceeded by the error of an estimate. Default: no limit.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public JobSpec maxTokens(long tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, but is " + tokens);
        }
        return with(changed -> changed.maxTokens = tokens);
    }

    /**
     * Limits the cost, in the currency of the configured prices ({@code jobs.prices}). Without prices the job pauses. Otherwise
     * as {@link #maxTokens}. Default: no limit.
     *
     * @throws IllegalArgumentException if it is not more than 0
     */
    public JobSpec maxCost(BigDecimal cost) {
        if (cost.signum() <= 0) {
            throw new IllegalArgumentException("maxCost must be more than 0, but is " + cost);
        }
        return with(changed -> changed.maxCost = cost);
    }

    /** Tries some lines before the others; a tenth of them may fail. As {@link #canary(int, double)}. */
    public JobSpec canary(int lines) {
        return canary(lines, 0.1);
    }

    /**
     * Tries some lines before the others, in a batch of their own. The others are sent when these have their outcomes. The job
     * pauses if more than the given share did not succeed. Default: no canary.
     *
     * @param lines number of lines, from the start of the source or of one of its models
     * @param failures share that may fail, from 0 to 1
     * @throws IllegalArgumentException if the number is below 1, or the share is not from 0 to 1
     */
    public JobSpec canary(int lines, double failures) {
        if (lines < 1 || !(failures >= 0 && failures <= 1)) {
            throw new IllegalArgumentException(
                    "A canary needs at least 1 line, and a share of 0 to 1 that may fail, but has %d and %s"
                            .formatted(lines, failures));
        }
        return with(changed -> {
            changed.canaryLines = lines;
            changed.canaryFailures = failures;
        });
    }

    /**
     * The source of the lines. It can be opened again and then has the same lines in the same order, so that a job that stopped
     * while reading can continue.
     */
    public JobSpec requests(Supplier<Stream<BatchRequest>> source) {
        return with(changed -> {
            changed.requests = source;
            changed.oneShot = false;
        });
    }

    /** The source of the lines, which can be read once. A job that stops while reading cannot continue with it. */
    public JobSpec requestsOnce(Stream<BatchRequest> source) {
        return with(changed -> {
            changed.requests = () -> source;
            changed.oneShot = true;
        });
    }

    public String name() {
        return values.name;
    }

    public String version() {
        return values.version;
    }

    public String client() {
        return values.client;
    }

    public boolean isCheckedFirst() {
        return values.checkFirst;
    }

    /** Null for the client's. */
    public String completionWindow() {
        return values.completionWindow;
    }

    public int priority() {
        return values.priority;
    }

    public Map<String, String> tags() {
        return values.tags;
    }

    /** Null for none. */
    public Instant deadline() {
        return values.deadline;
    }

    /** 0 for any number. */
    public long maxTokens() {
        return values.maxTokens;
    }

    /** Null for any. */
    public BigDecimal maxCost() {
        return values.maxCost;
    }

    /** 0 for none. */
    public int canaryLines() {
        return values.canaryLines;
    }

    public double canaryFailures() {
        return values.canaryFailures;
    }

    /** Null if none was set. */
    public Supplier<Stream<BatchRequest>> requests() {
        return values.requests;
    }

    public boolean isOneShot() {
        return values.oneShot;
    }
}
