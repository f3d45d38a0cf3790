package io.quarkiverse.openai.batch.runtime.job;

import java.util.List;

/**
 * The application's methods for jobs, found when it was built.
 *
 * @param sources those with {@link io.quarkiverse.openai.batch.job.BatchSource}
 */
public record JobMethods(List<SourceMethod> sources) {
}
