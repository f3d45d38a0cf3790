package io.quarkiverse.openai.batch.it;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

/** Answers to questions, by job and question. */
@Singleton
class Questions {

    private final Map<String, Map<String, String>> answers = new ConcurrentHashMap<>();

    @OnBatchResult("questions-*")
    void store(List<BatchResult> results, JobName job) {
        Map<String, String> ofJob = answers.computeIfAbsent(job.value(), name -> new ConcurrentHashMap<>());
        results.stream().filter(BatchResult::succeeded).forEach(result -> ofJob.put(result.customId(), result.text()));
    }

    Map<String, String> answers(String job) {
        return answers.getOrDefault(job, Map.of());
    }
}
