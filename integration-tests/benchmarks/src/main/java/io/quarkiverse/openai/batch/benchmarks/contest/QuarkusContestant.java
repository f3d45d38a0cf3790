package io.quarkiverse.openai.batch.benchmarks.contest;

import java.util.Map;

import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.benchmarks.job.JobStages;
import io.quarkiverse.openai.batch.benchmarks.limits.RestClientCalls;
import io.quarkiverse.openai.batch.benchmarks.limits.VertxCalls;
import io.quarkiverse.openai.batch.benchmarks.ours.RequestsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.ours.ResultsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.ours.Services;
import io.quarkiverse.openai.batch.benchmarks.work.Settings;
import io.quarkiverse.openai.batch.benchmarks.work.Task;
import io.quarkiverse.openai.batch.benchmarks.work.Tasks;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process of a contestant that is a Quarkus application. */
@QuarkusMain
public class QuarkusContestant implements QuarkusApplication {

    @Inject
    Services services;
    @Inject
    RestClientCalls restClient;
    @Inject
    VertxCalls vertx;

    /**
     * @param args the scenario and the contestant
     */
    @Override
    public int run(String... args) throws Exception {
        TaskLoop.run(tasks(Scenario.valueOf(args[0]), args[1], Settings.ofSystemProperties()));
        return 0;
    }

    public Map<String, Task> tasks(Scenario scenario, String contestant, Settings settings) {
        Tasks tasks = new Tasks(settings);
        if (scenario == Scenario.JOB) {
            return new JobStages(settings).tasks();
        }
        if (scenario == Scenario.TRANSFER) {
            return tasks.transfer(new RequestsOfJsonl(), new ResultsOfJsonl(), services);
        }
        return switch (contestant) {
            case Scenario.OURS -> tasks.calls(services);
            case Scenario.OURS_REACTIVE -> tasks.calls(services.withoutWaiting());
            case Scenario.REST_CLIENT -> tasks.calls(restClient);
            case Scenario.REST_CLIENT_REACTIVE -> tasks.calls(restClient.withoutWaiting());
            case Scenario.VERTX -> tasks.calls(vertx);
            default -> throw new IllegalArgumentException(contestant);
        };
    }
}
