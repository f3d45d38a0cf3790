package io.quarkiverse.openai.batch.job;

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

    private final String name;
    private final String version;
    private final String client;
    private final Endpoint endpoint;
    private final String completionWindow;
    private final Supplier<Stream<BatchRequest>> requests;
    private final boolean oneShot;

    private JobSpec(String name, String version, String client, Endpoint endpoint, String completionWindow,
            Supplier<Stream<BatchRequest>> requests, boolean oneShot) {
        this.name = name;
        this.version = version;
        this.client = client;
        this.endpoint = endpoint;
        this.completionWindow = completionWindow;
        this.requests = requests;
        this.oneShot = oneShot;
    }

    /**
     * @param name of the job, unique in the application; 1 to 200 characters
     * @throws IllegalArgumentException if the name is blank, longer, or has control characters
     */
    public static JobSpec named(String name) {
        return new JobSpec(checked("name", name), "1", DEFAULT_CLIENT, null, null, null, false);
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
        return new JobSpec(name, checked("version", newVersion), client, endpoint, completionWindow, requests, oneShot);
    }

    /** The named client that sends it; the default one by default. */
    public JobSpec client(String newClient) {
        return new JobSpec(name, version, newClient, endpoint, completionWindow, requests, oneShot);
    }

    /** The endpoint that all lines call. */
    public JobSpec endpoint(Endpoint newEndpoint) {
        return new JobSpec(name, version, client, newEndpoint, completionWindow, requests, oneShot);
    }

    /** The completion window of its batches; the client's by default. */
    public JobSpec completionWindow(String window) {
        return new JobSpec(name, version, client, endpoint, window, requests, oneShot);
    }

    /**
     * The lines: a source that can be opened again and then has the same lines in the same order, so that a job that stopped
     * while reading goes on.
     */
    public JobSpec requests(Supplier<Stream<BatchRequest>> source) {
        return new JobSpec(name, version, client, endpoint, completionWindow, source, false);
    }

    /** The lines: a source that can be read once. A job that stops while reading cannot go on with it. */
    public JobSpec requestsOnce(Stream<BatchRequest> source) {
        return new JobSpec(name, version, client, endpoint, completionWindow, () -> source, true);
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    public String client() {
        return client;
    }

    /** Null if none was set. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Null for the client's. */
    public String completionWindow() {
        return completionWindow;
    }

    /** Null if none was set. */
    public Supplier<Stream<BatchRequest>> requests() {
        return requests;
    }

    public boolean isOneShot() {
        return oneShot;
    }
}
