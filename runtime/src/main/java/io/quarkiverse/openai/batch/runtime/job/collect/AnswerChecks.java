package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.method.CheckMethod;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode.Kind;
import io.quarkiverse.openai.batch.runtime.job.user.UserCodeException;

/** Asks the application's checks what is wrong with answers. */
public final class AnswerChecks {

    private final UserCode user;
    private final List<CheckMethod> methods;

    public AnswerChecks(UserCode user, List<CheckMethod> methods) {
        this.user = user;
        this.methods = List.copyOf(methods);
    }

    /** Whether a job has checks, which may take any time. */
    public boolean areNeeded(String job) {
        return methods.stream().anyMatch(method -> method.isFor(job));
    }

    /**
     * What is wrong with an answer; empty if nothing is.
     *
     * @throws IOException if a check gives no verdict
     */
    Optional<String> wrong(String job, BatchResult result) throws IOException {
        for (CheckMethod method : methods) {
            Optional<String> wrong = method.isFor(job) ? wrong(method, job, result) : Optional.empty();
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> wrong(CheckMethod method, String job, BatchResult result) throws IOException {
        try {
            return user.call(Kind.CHECK, job, () -> method.wrong(job, result));
        } catch (UserCodeException e) {
            String message = "@BatchCheck method %s failed at line %s of job %s".formatted(method.method(),
                    SafeText.of(result.customId(), 64), job);
            user.log(e, message);
            throw new IOException(message + " with a " + e.getCause().getClass().getName(), e);
        }
    }
}
