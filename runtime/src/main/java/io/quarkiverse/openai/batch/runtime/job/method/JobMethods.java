package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.List;

/**
 * The application's methods for jobs, found when it was built.
 *
 * @param sources those with {@link io.quarkiverse.openai.batch.job.BatchSource}
 * @param handlers those with {@link io.quarkiverse.openai.batch.job.OnBatchResult}
 * @param patterns of the names of the jobs whose observers want to be told
 */
public record JobMethods(List<SourceMethod> sources, List<HandlerMethod> handlers, List<String> patterns) {
}
