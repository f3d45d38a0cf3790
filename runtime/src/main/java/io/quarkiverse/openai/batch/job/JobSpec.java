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
 * What a job is. Made by {@link #named} and the methods that change one thing each.
 */
public final class JobSpec {

    private static final String DEFAULT_CLIENT = "<default>";

    /** Names and versions come into logs and messages as they are. */
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
     * Tells apart two jobs that would have the same name; {@code 1} by default.
     *
     * @throws IllegalArgumentException if it is blank, longer than 200 characters, or has control characters
     */
    public JobSpec version(String newVersion) {
        String checked = checked("version", newVersion);
        return with(changed -> changed.version = checked);
    }

    /** The named client that sends it; the default one by default. */
    public JobSpec client(String newClient) {
        return with(changed -> changed.client = newClient);
    }

    /**
     * Reads the source to its end, and checks each line, before anything is uploaded. A line that breaks a rule then interrupts
     * the job before it costs anything. Also so with {@link #maxTokens} and {@link #maxCost}. By default a chunk is sent while
     * the source is read, and a wrong line interrupts the job before its own chunk is uploaded.
     */
    public JobSpec checkFirst() {
        return with(changed -> changed.checkFirst = true);
    }

    /** The completion window of its batches; the client's by default. */
    public JobSpec completionWindow(String window) {
        return with(changed -> changed.completionWindow = window);
    }

    /**
     * Which jobs go first where an account has no room for all: those of higher priority; 0 by default. Jobs of the same one
     * share the room.
     */
    public JobSpec priority(int newPriority) {
        return with(changed -> changed.priority = newPriority);
    }

    /**
     * A pair that its batches bear as metadata, to find them by at the provider. OpenAI takes 16, with keys of up to 64 and
     * values of up to 512 characters.
     */
    public JobSpec tag(String key, String value) {
        return with(changed -> {
            Map<String, String> pairs = new TreeMap<>(changed.tags);
            pairs.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            changed.tags = Collections.unmodifiableMap(pairs);
        });
    }

    /**
     * When the job is stopped, if it has not ended: nothing more is sent, batches that run are cancelled, what was answered is
     * collected, and the other lines are {@link Outcome#CANCELLED}. None by default.
     */
    public JobSpec deadline(Instant newDeadline) {
        return with(changed -> changed.deadline = newDeadline);
    }

    /**
     * How many tokens the job may use, of prompts and answers. Its source is read to the end before anything is sent; if it is
     * expected to use more, it pauses. Later, when the next batch would exceed the limit, nothing more is sent, what runs is
     * collected, and the other lines are {@link Outcome#CANCELLED}. What a batch uses is known only when it was answered, so a
     * limit can be exceeded by what a batch uses more than was expected. No limit by default.
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
     * What the job may cost, in the currency of the configured prices ({@code jobs.prices}), without which it pauses; otherwise
     * as {@link #maxTokens}. No limit by default.
     *
     * @throws IllegalArgumentException if it is not more than 0
     */
    public JobSpec maxCost(BigDecimal cost) {
        if (cost.signum() <= 0) {
            throw new IllegalArgumentException("maxCost must be more than 0, but is " + cost);
        }
        return with(changed -> changed.maxCost = cost);
    }

    /** Tries so many lines before the others, of which a tenth may fail; as {@link #canary(int, double)}. */
    public JobSpec canary(int lines) {
        return canary(lines, 0.1);
    }

    /**
     * Tries so many lines before the others, in a batch of their own. The others are sent when these have their outcomes; if
     * more of them than a given share did not succeed, the job pauses. None by default.
     *
     * @param lines the first ones of the source, or of one of its models
     * @param failures the share that may fail, from 0 to 1
     * @throws IllegalArgumentException if there is less than one line, or the share is no share
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
     * The lines: a source that can be opened again and then has the same lines in the same order, so that a job that stopped
     * while reading goes on.
     */
    public JobSpec requests(Supplier<Stream<BatchRequest>> source) {
        return with(changed -> {
            changed.requests = source;
            changed.oneShot = false;
        });
    }

    /** The lines: a source that can be read once. A job that stops while reading cannot go on with it. */
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
