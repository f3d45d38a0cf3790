package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The uploads of a client that are under way, and the files that it was told of last: none of these may be taken for the file
 * whose answer was lost.
 */
final class KnownUploads {

    /** More than a client uploads within the second or two by which a server's clock may be off. */
    private static final int REMEMBERED = 1_000;

    private final Map<Upload, Integer> underWay = new HashMap<>();
    private final Set<String> told = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    /**
     * By what an upload is known again.
     *
     * @param bytes the exact size
     */
    record Upload(String filename, String purpose, long bytes) {
    }

    synchronized void begin(Upload upload) {
        underWay.merge(upload, 1, Integer::sum);
    }

    synchronized void end(Upload upload) {
        underWay.merge(upload, -1, (count, one) -> count == 1 ? null : count - 1);
    }

    /** Whether no other upload could be taken for this one. */
    synchronized boolean isAlone(Upload upload) {
        return underWay.getOrDefault(upload, 0) == 1;
    }

    synchronized void tell(String fileId) {
        told.add(fileId);
    }

    synchronized boolean isTold(String fileId) {
        return told.contains(fileId);
    }
}
