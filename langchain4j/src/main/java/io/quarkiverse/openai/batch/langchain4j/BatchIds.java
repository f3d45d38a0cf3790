package io.quarkiverse.openai.batch.langchain4j;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** The ids of the batches of one kind, which sort by the time of their submission. */
final class BatchIds {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String kind;
    private final String prefix;

    BatchIds(String kind) {
        this.kind = kind;
        this.prefix = "langchain4j-" + kind + "-";
    }

    String kind() {
        return kind;
    }

    String next() {
        return prefix + TIME.format(Instant.now()) + "-" + UUID.randomUUID();
    }

    boolean contains(String id) {
        return id.startsWith(prefix);
    }

    /** Of the names of jobs. */
    String pattern() {
        return prefix + "*";
    }
}
