package io.quarkiverse.openai.batch.runtime.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;

/** What the provider takes; checked before a byte is sent. */
@ConfigGroup
public interface LimitsRuntimeConfig {

    /**
     * The lines of an input file.
     */
    @ConfigDocDefault("50000, or the provider's")
    OptionalLong requests();

    /**
     * The size of an input file.
     */
    @ConfigDocDefault("200M, or the provider's")
    Optional<MemorySize> bytes();

    /**
     * The embedding inputs of all lines of an input file.
     */
    @ConfigDocDefault("50000, or the provider's")
    OptionalLong embeddingInputs();

    /**
     * The pairs of a batch's metadata; 0 for no check of the metadata.
     */
    @ConfigDocDefault("16")
    OptionalInt metadata();

    /**
     * How many batches jobs create in an hour; 0 for any number.
     */
    @ConfigDocDefault("2000")
    OptionalInt batchesPerHour();
}
