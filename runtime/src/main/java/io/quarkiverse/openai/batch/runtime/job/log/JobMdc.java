package io.quarkiverse.openai.batch.runtime.job.log;

import org.jboss.logging.MDC;

/**
 * What every line that is logged on this thread carries while work is done for a job: {@code openai-batch.job},
 * {@code openai-batch.chunk} and {@code openai-batch.batch}, as far as they are known.
 */
public final class JobMdc implements AutoCloseable {

    private static final String PREFIX = "openai-batch.";
    private static final String JOB = PREFIX + "job";
    private static final String CHUNK = PREFIX + "chunk";
    private static final String BATCH = PREFIX + "batch";

    private JobMdc() {
    }

    public static JobMdc of(String job) {
        MDC.put(JOB, job);
        return new JobMdc();
    }

    /**
     * @param batch null if there is none yet
     */
    public static JobMdc of(String job, int chunk, String batch) {
        JobMdc names = of(job);
        MDC.put(CHUNK, Integer.toString(chunk));
        if (batch != null) {
            MDC.put(BATCH, batch);
        }
        return names;
    }

    @Override
    public void close() {
        MDC.remove(JOB);
        MDC.remove(CHUNK);
        MDC.remove(BATCH);
    }
}
