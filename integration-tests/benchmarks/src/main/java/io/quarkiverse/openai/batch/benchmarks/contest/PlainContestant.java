package io.quarkiverse.openai.batch.benchmarks.contest;

import java.io.IOException;
import java.util.Map;

import io.quarkiverse.openai.batch.benchmarks.job.FloorStages;
import io.quarkiverse.openai.batch.benchmarks.limits.ChatRecords;
import io.quarkiverse.openai.batch.benchmarks.limits.Scans;
import io.quarkiverse.openai.batch.benchmarks.openaijava.OpenAiJavaCalls;
import io.quarkiverse.openai.batch.benchmarks.openaijava.OpenAiJavaRequests;
import io.quarkiverse.openai.batch.benchmarks.openaijava.OpenAiJavaResults;
import io.quarkiverse.openai.batch.benchmarks.ours.ResultsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.simpleopenai.SimpleOpenAiCalls;
import io.quarkiverse.openai.batch.benchmarks.simpleopenai.SimpleOpenAiRequests;
import io.quarkiverse.openai.batch.benchmarks.simpleopenai.SimpleOpenAiResults;
import io.quarkiverse.openai.batch.benchmarks.work.Settings;
import io.quarkiverse.openai.batch.benchmarks.work.Task;
import io.quarkiverse.openai.batch.benchmarks.work.Tasks;

/** The process of a contestant that needs no Quarkus. */
public final class PlainContestant {

    private PlainContestant() {
    }

    /**
     * @param args the scenario and the contestant
     */
    public static void main(String[] args) throws IOException {
        TaskLoop.run(tasks(Scenario.valueOf(args[0]), args[1], Settings.ofSystemProperties()));
        System.exit(0);
    }

    public static Map<String, Task> tasks(Scenario scenario, String contestant, Settings settings) {
        Tasks tasks = new Tasks(settings);
        return switch (scenario) {
            case READ -> reading(contestant, tasks);
            case TRANSFER -> transfer(contestant, tasks, settings);
            case CALL -> calls(contestant, tasks, settings);
            case JOB -> new FloorStages(settings).tasks();
        };
    }

    private static Map<String, Task> reading(String contestant, Tasks tasks) {
        return switch (contestant) {
            case Scenario.OURS -> tasks.reading(new ResultsOfJsonl());
            case Scenario.OPENAI_JAVA -> tasks.reading(new OpenAiJavaResults());
            case Scenario.SIMPLE_OPENAI -> tasks.reading(new SimpleOpenAiResults());
            case Scenario.RECORDS -> tasks.reading(new ChatRecords());
            case Scenario.TOKENS -> tasks.ofResultFiles(Scans::tokens);
            case Scenario.NEWLINES -> tasks.ofResultFiles(Scans::newlines);
            default -> throw new IllegalArgumentException(contestant);
        };
    }

    private static Map<String, Task> transfer(String contestant, Tasks tasks, Settings settings) {
        return switch (contestant) {
            case Scenario.OPENAI_JAVA -> tasks.transfer(new OpenAiJavaRequests(), new OpenAiJavaResults(),
                    new OpenAiJavaCalls(settings.server()));
            case Scenario.SIMPLE_OPENAI -> tasks.transfer(new SimpleOpenAiRequests(), new SimpleOpenAiResults(),
                    new SimpleOpenAiCalls(settings.server()));
            default -> throw new IllegalArgumentException(contestant);
        };
    }

    private static Map<String, Task> calls(String contestant, Tasks tasks, Settings settings) {
        return switch (contestant) {
            case Scenario.OPENAI_JAVA -> tasks.calls(new OpenAiJavaCalls(settings.server()));
            case Scenario.SIMPLE_OPENAI -> tasks.calls(new SimpleOpenAiCalls(settings.server()));
            default -> throw new IllegalArgumentException(contestant);
        };
    }
}
