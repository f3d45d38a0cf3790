package io.quarkiverse.openai.batch.endurance.sweep;

import java.util.Locale;

/** What stores the jobs of a sweep. */
public enum Store {
    /** A directory for each run. */
    DIRECTORY,
    /** A PostgreSQL database for each run, on a server that the sweep starts and stops. */
    DATABASE;

    static Store of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
