package io.quarkiverse.openai.batch.runtime.job.spool;

/** What is changed in lines that are sent again. */
@FunctionalInterface
public interface LineChange {

    LineChange NONE = (line, request) -> request;

    /**
     * @param line its number in the chunk that it comes from
     * @param request as it was sent
     * @return as it is sent again
     */
    byte[] apply(int line, byte[] request);
}
