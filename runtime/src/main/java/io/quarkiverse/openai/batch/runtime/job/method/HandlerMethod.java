package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import jakarta.enterprise.invoke.Invoker;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.virtual.threads.VirtualThreadsRecorder;
import io.smallrye.mutiny.Uni;

/**
 * A method with {@link io.quarkiverse.openai.batch.job.OnBatchResult} or
 * {@link io.quarkiverse.openai.batch.job.OnBatchFailure}.
 *
 * @param pattern of the names of its jobs
 * @param id by which it is known after a restart: that of the annotation, or its class and name
 * @param outcomes of the results that it takes
 * @param typed what it takes of a result; null if it takes the result itself
 * @param takesList whether it takes several results at once
 * @param takesName whether it takes the name of the job
 * @param onVirtualThread whether it is called on a virtual thread
 * @param transactional whether it can share a transaction with its checkpoint
 * @param invoker calls it
 */
public record HandlerMethod(String pattern, String id, Outcomes outcomes, TypedArguments typed, boolean takesList,
        boolean takesName, boolean onVirtualThread,
        boolean transactional, RuntimeValue<Invoker<Object, Object>> invoker) {

    /** Results of which outcomes. */
    public enum Outcomes {
        /** All. */
        ALL,
        /** Those with an answer. */
        SUCCEEDED,
        /** Those without one. */
        OTHERS;

        public boolean include(Outcome outcome) {
            return this == ALL || (this == SUCCEEDED) == (outcome == Outcome.SUCCEEDED);
        }
    }

    public boolean isFor(String job) {
        return new NamePattern(pattern).matches(job);
    }

    /** Is done around a call, on the thread that runs the method. */
    public interface Around {

        Around NOTHING = Call::run;

        void call(Call call) throws Exception;
    }

    /** A call of the method. */
    public interface Call {

        void run() throws Exception;
    }

    /**
     * Calls the method, and waits for its end. An interrupt reaches the method, or cancels its {@code Uni}.
     *
     * @param results one, unless the method takes a list
     * @throws Exception what the method throws
     */
    public void handle(String job, List<BatchResult> results, Around around) throws Exception {
        if (onVirtualThread) {
            await(VirtualThreadsRecorder.getCurrent().submit(() -> {
                around.call(() -> call(job, results));
                return null;
            }));
        } else {
            around.call(() -> call(job, results));
        }
    }

    private static void await(Future<?> call) throws Exception {
        try {
            call.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        } finally {
            call.cancel(true);
        }
    }

    private void call(String job, List<BatchResult> results) throws Exception {
        InRequestContext.call(() -> {
            Stream<Object> first = typed != null ? typed.of(results) : Stream.of(takesList ? results : results.get(0));
            Stream<Object> name = takesName ? Stream.of(JobName.Literal.of(job)) : Stream.empty();
            Object returned = invoker.getValue().invoke(null, Stream.concat(first, name).toArray());
            if (returned instanceof Uni<?> uni) {
                await(uni.subscribeAsCompletionStage());
            }
            return null;
        });
    }
}
