package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.invoke.Invoker;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkus.runtime.RuntimeValue;

/**
 * A method with {@link io.quarkiverse.openai.batch.job.BatchCheck}.
 *
 * @param pattern of the names of its jobs
 * @param method its class and name, for messages
 * @param typed what it takes of a result; null if it takes the result itself
 * @param takesName whether it takes the name of the job
 * @param invoker calls it
 */
public record CheckMethod(String pattern, String method, TypedArguments typed, boolean takesName,
        RuntimeValue<Invoker<Object, Object>> invoker) {

    public boolean isFor(String job) {
        return new NamePattern(pattern).matches(job);
    }

    /**
     * What is wrong with an answer; empty if nothing is.
     *
     * @throws Exception what the method throws
     */
    public Optional<String> wrong(String job, BatchResult result) throws Exception {
        Object[] ofResult;
        try {
            ofResult = typed == null ? new Object[] { result } : typed.of(List.of(result)).toArray();
        } catch (JsonlException notOfTheType) {
            return Optional.of("The answer is not of the type that is asked for");
        }
        Stream<Object> name = takesName ? Stream.of(JobName.Literal.of(job)) : Stream.empty();
        Object[] arguments = Stream.concat(Stream.of(ofResult), name).toArray();
        return verdict(InRequestContext.call(() -> invoker.getValue().invoke(null, arguments)));
    }

    private static Optional<String> verdict(Object returned) {
        return returned instanceof Boolean valid ? valid ? Optional.empty() : Optional.of("The answer was refused by a check")
                : Optional.ofNullable((String) returned);
    }
}
