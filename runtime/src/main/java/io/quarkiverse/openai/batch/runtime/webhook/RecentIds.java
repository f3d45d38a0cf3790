package io.quarkiverse.openai.batch.runtime.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the latest calls. Only those that are signed come here, so a stranger cannot fill it. */
final class RecentIds {

    private static final int MOST = 10_000;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /** Whether it is not among the latest 10,000. */
    synchronized boolean add(String id) {
        return ids.put(id, true) == null;
    }
}
