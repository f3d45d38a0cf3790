package io.quarkiverse.openai.batch.runtime.job.trace;

/** Makes spans of the steps of jobs. */
public interface Traces {

    /** Makes none. */
    Traces NONE = new Traces() {
        @Override
        public String caller() {
            return null;
        }

        @Override
        public Span begin(String step, Subject subject) {
            return Span.NONE;
        }
    };

    /** The trace that this thread works for, as a text that a row can keep; null for none. */
    String caller();

    /**
     * Begins a span. What this thread does until it is closed, requests to a provider among it, belongs to the span.
     *
     * @param step what is done, such as {@code upload}
     */
    Span begin(String step, Subject subject);

    /** A step under way. It is closed by the thread that began it. */
    interface Span extends AutoCloseable {

        Span NONE = new Span() {
            @Override
            public void failed(Throwable failure) {
            }

            @Override
            public void used(long inputTokens, long outputTokens) {
            }

            @Override
            public void close() {
            }
        };

        void failed(Throwable failure);

        /** The tokens of the answers that the step has read. */
        void used(long inputTokens, long outputTokens);

        @Override
        void close();
    }
}
