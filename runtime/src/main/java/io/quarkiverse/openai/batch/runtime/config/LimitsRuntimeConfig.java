package io.quarkiverse.openai.batch.runtime.config;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;

/** The provider's limits for an input file and its batch, checked before anything is uploaded. */
@ConfigGroup
public interface LimitsRuntimeConfig {

    /**
     * The most lines of an input file.
     */
    @ConfigDocDefault("50000, or the provider's")
    OptionalLong requests();

    /**
     * The largest size of an input file.
     */
    @ConfigDocDefault("200M, or the provider's")
    Optional<MemorySize> bytes();

    /**
     * The most embedding inputs of all lines of an input file.
     */
    @ConfigDocDefault("50000, or the provider's")
    OptionalLong embeddingInputs();

    /**
     * The most entries of the metadata of a batch or of a line; 0 turns the check of the metadata off.
     */
    @ConfigDocDefault("16")
    OptionalInt metadata();

    /**
     * The most batches that jobs create in an hour; 0 for any number.
     */
    @ConfigDocDefault("2000")
    OptionalInt batchesPerHour();
}
