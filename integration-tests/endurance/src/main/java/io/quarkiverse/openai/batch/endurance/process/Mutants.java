package io.quarkiverse.openai.batch.endurance.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchPage;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.setup.InvalidAnswers;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/** Collaborators of the runner that break a rule, which the sweep must find. */
public final class Mutants {

    /** Which rule is broken. */
    public enum Kind {
        /** None. */
        NONE,
        /** A create that failed is repeated at once. */
        CREATES_BLINDLY,
        /** Any batch of the job is adopted as the batch of a file. */
        ADOPTS_BY_NAME,
        /** A batch counts as completed before it is. */
        COLLECTS_EARLY,
        /** A failed batch counts as one of which nothing was run. */
        FAILED_IS_NOT_RUN,
        /** The first page of the listing counts as all of it. */
        SHORT_READING,
        /** Counts of a batch are no veto on sending its lines again. */
        IGNORES_COUNTS,
        /** Spans are counted by the wall clock of the machine. */
        COUNTS_BY_THE_WALL,
        /** Nothing is forced to disk before a file is deleted at the provider. */
        NEVER_FORCES,
        /** A thread that outlives the close of its runner writes on. */
        WRITES_AFTER_CLOSE,
        /** What an effect has brought is refused if the row was written meanwhile. */
        LEARNS_BY_VERSION,
        /** A line with an invalid answer is sent again once more than it may be. */
        ASKS_ONCE_MORE,
        /** The tokens of a batch with invalid answers that are sent again are not counted. */
        FORGETS_INVALID_TOKENS;

        JobClient of(JobClient client) {
            return switch (this) {
                case CREATES_BLINDLY -> createsBlindly(client);
                case ADOPTS_BY_NAME -> adoptsByName(client);
                case COLLECTS_EARLY -> changing(client, batch -> with(batch, batch.inputFile(),
                        batch.hasEnded() ? batch.state() : State.COMPLETED));
                case FAILED_IS_NOT_RUN -> changing(client, batch -> batch.is(State.FAILED) ? withoutTraces(batch) : batch);
                case IGNORES_COUNTS -> changing(client, Mutants::withoutCounts);
                case ASKS_ONCE_MORE -> new JobClient(client.provider(), client.settings().withInvalid(
                        new InvalidAnswers(client.settings().invalid().attempts() + 1, false, false)), client.account());
                case SHORT_READING -> changingPages(client, page -> new BatchPage(page.batches(), null, page.date()));
                case COUNTS_BY_THE_WALL -> changingPages(client, page -> new BatchPage(page.batches(), page.next(), null));
                default -> client;
            };
        }

        JobStore of(JobStore store) {
            return switch (this) {
                case WRITES_AFTER_CLOSE -> writesAfterClose(store);
                case LEARNS_BY_VERSION -> learnsByVersion(store);
                case FORGETS_INVALID_TOKENS -> forgetsInvalidTokens(store);
                default -> store;
            };
        }

        boolean countsByTheWall() {
            return this == COUNTS_BY_THE_WALL;
        }

        boolean neverForces() {
            return this == NEVER_FORCES;
        }
    }

    private interface Call {

        Object proceed() throws Throwable;
    }

    private interface Change {

        Object change(String operation, Call call) throws Throwable;
    }

    private static final Set<String> UPDATES = Set.of("update", "decide", "learn");

    private static volatile JobStore latest;

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
        return changing(client, batch -> {
            first[0] = first[0] == null ? batch.inputFile() : first[0];
            return with(batch, first[0], batch.state());
        });
    }

    private static JobClient changingPages(JobClient client, UnaryOperator<BatchPage> change) {
        return spoilt(client, (operation, call) -> {
            Object answer = call.proceed();
            return answer instanceof BatchPage page ? change.apply(page) : answer;
        });
    }

    private static JobClient changing(JobClient client, UnaryOperator<RemoteBatch> change) {
        return spoilt(client, (operation, call) -> {
            Object answer = call.proceed();
            if (answer instanceof RemoteBatch batch) {
                return change.apply(batch);
            }
            return answer instanceof BatchPage page
                    ? new BatchPage(page.batches().stream().map(change).toList(), page.next(), page.date())
                    : answer;
        });
    }

    private static RemoteBatch with(RemoteBatch batch, String input, State state) {
        return new RemoteBatch(batch.id(), state, batch.status(), input, batch.createdAt(), batch.expiresAt(), batch.counts(),
                batch.outputFile(), batch.errorFile(), batch.reasons());
    }

    private static RemoteBatch withoutCounts(RemoteBatch batch) {
        return new RemoteBatch(batch.id(), batch.state(), batch.status(), batch.inputFile(), batch.createdAt(),
                batch.expiresAt(), null, batch.outputFile(), batch.errorFile(), batch.reasons());
    }

    private static RemoteBatch withoutTraces(RemoteBatch batch) {
        return new RemoteBatch(batch.id(), batch.state(), batch.status(), batch.inputFile(), batch.createdAt(),
                batch.expiresAt(), null, null, null, List.of());
    }

    private static JobClient spoilt(JobClient client, Change change) {
        return new JobClient(spoilt(BatchProvider.class, client.provider(), change), client.settings(), client.account());
    }

    private static <T> T spoilt(Class<T> type, T target, Change change) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments)
                        : change.change(method.getName(), () -> {
                            try {
                                return method.invoke(target, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        })));
    }

    @SuppressWarnings("unchecked")
    private static JobStore learnsByVersion(JobStore store) {
        return JobStore.class.cast(Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> {
                    if (method.getName().equals("learn")) {
                        return store.update(((UnaryOperator<ChunkRow>) arguments[1]).apply((ChunkRow) arguments[0]));
                    }
                    try {
                        return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments)
                                : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static JobStore forgetsInvalidTokens(JobStore store) {
        return JobStore.class.cast(Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    try {
                        return method.getName().equals("update") && arguments[0] instanceof ChunkRow chunk
                                ? store.update(chunk.with(withoutInvalidTokens(chunk.tally())))
                                : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static Tally withoutInvalidTokens(Tally tally) {
        return tally.resentInvalid() == 0 ? tally
                : new Tally(tally.succeeded(), tally.failed(), tally.expired(), tally.cancelled(), tally.missing(),
                        tally.malformed(), tally.invalid(), tally.unpaid(), tally.resent(), tally.resentUnknown(),
                        tally.resentInvalid(), tally.foreign(), tally.extra(), Usage.NONE, Usage.NONE, tally.firstErrors());
    }

    /** What a closed store refuses is written to the one that was opened since. */
    private static JobStore writesAfterClose(JobStore store) {
        latest = store;
        return JobStore.class.cast(Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof EpochEndedException && UPDATES.contains(method.getName())) {
                            return overwrite(arguments[0]);
                        }
                        throw e.getCause();
                    }
                }));
    }

    private static Object overwrite(Object row) {
        if (row instanceof ChunkRow chunk) {
            return latest.change(chunk.job(), chunk.number(), stored -> stored.in(chunk.state()).with(chunk.remote())
                    .with(chunk.waiting()).with(chunk.tally()).with(chunk.handed()));
        }
        JobRow job = (JobRow) row;
        return latest.change(job.name(), stored -> stored.in(job.state(), job.reason()).with(job.reading()));
    }
}
