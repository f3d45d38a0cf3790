package io.quarkiverse.openai.batch.endurance.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchPage;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
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
            } catch (ProviderException e) {
                if (!operation.equals("create")) {
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
            first[0] = first[0] == null ? batch.inputFile() : first[0];
            return with(batch, first[0], batch.state());
        }));
    }

    private static JobClient collectsEarly(JobClient client) {
        return spoilt(client, (operation, call) -> changed(call.proceed(),
                batch -> with(batch, batch.inputFile(), batch.hasEnded() ? batch.state() : State.COMPLETED)));
    }

    private static Object changed(Object answer, UnaryOperator<RemoteBatch> change) {
        if (answer instanceof RemoteBatch batch) {
            return change.apply(batch);
        }
        return answer instanceof BatchPage page
                ? new BatchPage(page.batches().stream().map(change).toList(), page.next(), page.date())
                : answer;
    }

    private static RemoteBatch with(RemoteBatch batch, String input, State state) {
        return new RemoteBatch(batch.id(), state, batch.status(), input, batch.createdAt(), batch.expiresAt(), batch.counts(),
                batch.outputFile(), batch.errorFile(), batch.reasons());
    }

    private static JobClient spoilt(JobClient client, Change change) {
        return new JobClient((BatchProvider) Proxy.newProxyInstance(BatchProvider.class.getClassLoader(),
                new Class<?>[] { BatchProvider.class }, (proxy, method, arguments) -> change.change(method.getName(), () -> {
                    try {
                        return method.invoke(client.provider(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })), client.settings(), client.account());
    }
}
