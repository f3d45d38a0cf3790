package io.quarkiverse.openai.batch.endurance.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.BatchService.WithResponse;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;

/** Clients that break a rule, which the sweep must find. */
public final class Mutants {

    /** Which rule is broken. */
    public enum Kind {
        /** None. */
        NONE(client -> client),
        /** A create that failed is repeated at once. */
        CREATES_BLINDLY(Mutants::createsBlindly),
        /** Any batch of the job is adopted as the batch of a file. */
        ADOPTS_BY_NAME(Mutants::adoptsByName),
        /** A batch counts as completed before it is. */
        COLLECTS_EARLY(Mutants::collectsEarly);

        private final UnaryOperator<JobClient> mutation;

        Kind(UnaryOperator<JobClient> mutation) {
            this.mutation = mutation;
        }

        JobClient of(JobClient client) {
            return mutation.apply(client);
        }
    }

    private interface Call {

        Object proceed() throws Throwable;
    }

    private interface Change {

        Object change(String operation, Call call) throws Throwable;
    }

    private Mutants() {
    }

    private static JobClient createsBlindly(JobClient client) {
        return spoilt(client, (operation, call) -> {
            try {
                return call.proceed();
            } catch (BatchApiException e) {
                if (!operation.equals("createBatch")) {
                    throw e;
                }
                return call.proceed();
            }
        });
    }

    /** All batches of the job carry its name, so each looks like the batch of the first file. */
    private static JobClient adoptsByName(JobClient client) {
        String[] first = new String[1];
        return spoilt(client, (operation, call) -> changed(call.proceed(), batch -> {
            first[0] = first[0] == null ? batch.inputFileId() : first[0];
            return with(batch, first[0], batch.statusText());
        }));
    }

    private static JobClient collectsEarly(JobClient client) {
        return spoilt(client, (operation, call) -> changed(call.proceed(),
                batch -> with(batch, batch.inputFileId(), batch.status().isTerminal() ? batch.statusText() : "completed")));
    }

    private static Object changed(Object answer, UnaryOperator<Batch> change) {
        if (answer instanceof Batch batch) {
            return change.apply(batch);
        }
        if (answer instanceof ApiResult.Ok<?> ok && ok.value() instanceof ListBatchesResponse page) {
            List<Batch> batches = page.data().stream().map(change).toList();
            return new ApiResult.Ok<>(new ListBatchesResponse(page.object(), batches, page.firstId(), page.lastId(),
                    page.hasMore(), page.paging()), ok.status(), ok.headers());
        }
        return answer;
    }

    private static Batch with(Batch b, String input, String status) {
        return new Batch(b.id(), b.object(), b.endpoint(), b.model(), b.errors(), input, b.completionWindow(), status,
                b.outputFileId(), b.errorFileId(), b.createdAt(), b.inProgressAt(), b.expiresAt(), b.finalizingAt(),
                b.completedAt(), b.failedAt(), b.expiredAt(), b.cancellingAt(), b.cancelledAt(), b.requestCounts(), b.usage(),
                b.metadata(), b.additionalProperties());
    }

    private static JobClient spoilt(JobClient client, Change change) {
        return new JobClient(spoilt(BatchService.class, client.batches(), change), client.files(), client.settings(),
                client.account(), client.purpose());
    }

    /** The view with responses is changed like its service. */
    private static <T> T spoilt(Class<T> type, T service, Change change) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> change.change(method.getName(), () -> {
                    try {
                        Object result = method.invoke(service, arguments);
                        return result instanceof WithResponse view ? spoilt(WithResponse.class, view, change) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }
}
