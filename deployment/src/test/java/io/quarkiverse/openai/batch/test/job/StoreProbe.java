package io.quarkiverse.openai.batch.test.job;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Acts once, before a store is asked to write something; what then fails is not written. */
final class StoreProbe {

    private interface Call {

        boolean is(JobStore store, String method, Object[] arguments);
    }

    private StoreProbe() {
    }

    static UnaryOperator<JobStore> beforeChunk(String method, Predicate<ChunkRow> which, Runnable action) {
        return before((store, called, arguments) -> called.equals(method) && arguments[0] instanceof ChunkRow row
                && which.test(row), action);
    }

    /**
     * @param change the job as it is, and as it is to be
     */
    @SuppressWarnings("unchecked")
    static UnaryOperator<JobStore> beforeJob(BiPredicate<JobRow, JobRow> change, Runnable action) {
        return before((store, called, arguments) -> {
            if (!called.equals("change") || arguments.length != 2) {
                return false;
            }
            JobRow row = store.job((String) arguments[0]).orElseThrow();
            return change.test(row, ((UnaryOperator<JobRow>) arguments[1]).apply(row));
        }, action);
    }

    static UnaryOperator<JobStore> beforeDelete(Runnable action) {
        return before((store, called, arguments) -> called.equals("delete"), action);
    }

    private static UnaryOperator<JobStore> before(Call which, Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return store -> (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> {
                    if (which.is(store, method.getName(), arguments) && done.compareAndSet(false, true)) {
                        action.run();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
