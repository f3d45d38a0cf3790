package io.quarkiverse.openai.batch.emulator.control;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Counts the requests to the API, and keeps the last 10,000 of them. Thread-safe. */
public final class RequestLog {

    private static final int MAX_REQUESTS = 10_000;

    private final Map<Long, RecordedRequest> requests = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RecordedRequest> eldest) {
            return size() > MAX_REQUESTS;
        }
    };
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private final Consumer<RecordedRequest> listener;
    private long sequence;

    /** @param listener gets each request when it is answered, or ends without an answer */
    public RequestLog(Consumer<RecordedRequest> listener) {
        this.listener = listener;
    }

    /**
     * Enters a request.
     *
     * @return its number, for {@link #answered}
     */
    public synchronized long received(RecordedRequest request) {
        requests.put(++sequence, request);
        if (request.operation() != null) {
            counts.merge(request.operation(), 1L, Long::sum);
        }
        return sequence;
    }

    /** Enters the status of the answer to a request. */
    public synchronized void answered(long number, int status) {
        RecordedRequest answered = requests.computeIfPresent(number, (key, request) -> request.answered(status));
        if (answered != null) {
            listener.accept(answered);
        }
    }

    /** Enters that a request ended without an answer. */
    public synchronized void unanswered(long number) {
        if (requests.containsKey(number)) {
            listener.accept(requests.get(number));
        }
    }

    /** The recorded requests, oldest first. */
    public synchronized List<RecordedRequest> list() {
        return List.copyOf(requests.values());
    }

    /** The recorded requests of one operation, oldest first. */
    public synchronized List<RecordedRequest> list(Operation operation) {
        return requests.values().stream().filter(request -> request.operation() == operation).toList();
    }

    /** How many requests of an operation there were. */
    public synchronized long count(Operation operation) {
        return counts.getOrDefault(operation, 0L);
    }

    /** How many requests of each operation there were. */
    public synchronized Map<Operation, Long> counts() {
        return new EnumMap<>(counts);
    }

    public synchronized void clear() {
        requests.clear();
        counts.clear();
    }
}
