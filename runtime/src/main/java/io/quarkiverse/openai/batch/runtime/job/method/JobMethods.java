package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.List;

/**
 * The application's methods for jobs, found when it was built.
 *
 * @param sources methods with {@link io.quarkiverse.openai.batch.job.BatchSource}
 * @param handlers methods with {@link io.quarkiverse.openai.batch.job.OnBatchResult}
 * @param patterns of the names of jobs that have observers
 */
public record JobMethods(List<SourceMethod> sources, List<HandlerMethod> handlers, List<String> patterns) {

    public static final JobMethods NONE = new JobMethods(List.of(), List.of(), List.of());
}
