package io.quarkiverse.openai.batch.benchmarks.contest;

import java.util.List;

/** The scenarios, with their tasks and contestants. The first contestant is the extension. */
public enum Scenario {

    READ(3, List.of("read-structured", "read-text"),
            List.of(Scenario.OURS, Scenario.OPENAI_JAVA, Scenario.SIMPLE_OPENAI, Scenario.RECORDS,
                    Scenario.TOKENS, Scenario.NEWLINES)),
    TRANSFER(3, List.of("write", "upload", "write-upload", "download-read"),
            List.of(Scenario.OURS, Scenario.OPENAI_JAVA, Scenario.SIMPLE_OPENAI)),
    CALL(8, List.of("create-1", "retrieve-1", "create-64", "retrieve-64"),
            List.of(Scenario.OURS, Scenario.OPENAI_JAVA, Scenario.SIMPLE_OPENAI, Scenario.REST_CLIENT,
                    Scenario.OURS_REACTIVE, Scenario.REST_CLIENT_REACTIVE, Scenario.VERTX)),
    JOB(3, List.of("spool", "collect"), List.of(Scenario.OURS, Scenario.FLOOR));

    public static final String OURS = "openai-batch";
    public static final String OURS_REACTIVE = "openai-batch, reactive";
    public static final String OPENAI_JAVA = "openai-java";
    public static final String SIMPLE_OPENAI = "simple-openai";
    public static final String RECORDS = "Jackson records";
    public static final String TOKENS = "Jackson tokens";
    public static final String NEWLINES = "newline scan";
    public static final String FLOOR = "floor";
    public static final String REST_CLIENT = "REST client";
    public static final String REST_CLIENT_REACTIVE = "REST client, reactive";
    public static final String VERTX = "Vert.x client";

    private final int warmUps;
    private final List<String> tasks;
    private final List<String> contestants;

    Scenario(int warmUps, List<String> tasks, List<String> contestants) {
        this.warmUps = warmUps;
        this.tasks = tasks;
        this.contestants = contestants;
    }

    /** The default number of warm-up runs of each task. */
    public int warmUps() {
        return warmUps;
    }

    public List<String> tasks() {
        return tasks;
    }

    public List<String> contestants() {
        return contestants;
    }
}
