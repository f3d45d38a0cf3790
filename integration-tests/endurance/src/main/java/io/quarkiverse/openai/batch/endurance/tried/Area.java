package io.quarkiverse.openai.batch.endurance.tried;

import java.util.List;

/** Inputs of one kind. Closing it ends what its trials share. */
interface Area extends AutoCloseable {

    List<Trial> trials();

    @Override
    default void close() {
        // Most share nothing.
    }
}
