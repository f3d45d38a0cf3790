package io.quarkiverse.openai.batch.job;

import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;

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
        private Endpoint endpoint;
        private String completionWindow;
        private int priority;
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

    /** The endpoint that all lines call. */
    public JobSpec endpoint(Endpoint newEndpoint) {
        return with(changed -> changed.endpoint = newEndpoint);
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

    /** Null if none was set. */
    public Endpoint endpoint() {
        return values.endpoint;
    }

    /** Null for the client's. */
    public String completionWindow() {
        return values.completionWindow;
    }

    public int priority() {
        return values.priority;
    }

    /** Null if none was set. */
    public Supplier<Stream<BatchRequest>> requests() {
        return values.requests;
    }

    public boolean isOneShot() {
        return values.oneShot;
    }
}
