package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod.Outcomes;

/**
 * The application's methods for jobs, found when it was built.
 *
 * @param sources methods with {@link io.quarkiverse.openai.batch.job.BatchSource}
 * @param handlers methods with {@link io.quarkiverse.openai.batch.job.OnBatchResult}
 * @param checks methods with {@link io.quarkiverse.openai.batch.job.BatchCheck}
 * @param patterns of the names of jobs that have observers
 */
public record JobMethods(List<SourceMethod> sources, List<HandlerMethod> handlers, List<CheckMethod> checks,
        List<String> patterns) {

    public static final JobMethods NONE = new JobMethods(List.of(), List.of(), List.of(), List.of());

    /** A handler of a job that takes answers only, if no other one takes results without an answer. */
    public Optional<HandlerMethod> leavesOthers(String job) {
        List<HandlerMethod> ofJob = handlers.stream().filter(handler -> handler.isFor(job)).toList();
        return ofJob.stream().allMatch(handler -> handler.outcomes() == Outcomes.SUCCEEDED) ? ofJob.stream().findFirst()
                : Optional.empty();
    }

    /** The ids of the handlers of a job. */
    public Set<String> handlersOf(String job) {
        return handlers.stream().filter(handler -> handler.isFor(job)).map(HandlerMethod::id).collect(Collectors.toSet());
    }

    /** Those of these handlers that the application does not have. */
    public Set<String> missing(Set<String> ids) {
        Set<String> missing = new TreeSet<>(ids);
        handlers.forEach(handler -> missing.remove(handler.id()));
        return missing;
    }
}
