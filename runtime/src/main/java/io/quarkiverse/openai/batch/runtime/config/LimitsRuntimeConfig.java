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
     * The longest custom_id, in characters; 0 for any length.
     */
    @ConfigDocDefault("0, or the provider's: 64 at Together and Zhipu")
    OptionalInt customIdLength();

    /**
     * The characters of a custom_id, as in a class of a regular expression, such as `A-Za-z0-9_-`.
     */
    @ConfigDocDefault("any")
    Optional<String> customIdCharacters();

    /**
     * Whether all lines of an input file must be for the same model.
     */
    @ConfigDocDefault("true, or as the provider has it: false for llm-d")
    Optional<Boolean> oneModel();

    /**
     * Whether a line may have `"stream": true`: some providers ignore it, and OpenAI refuses the line. It is a warning then.
     */
    @ConfigDocDefault("false")
    Optional<Boolean> streams();

    /**
     * The most batches that jobs create in an hour; 0 for any number.
     */
    @ConfigDocDefault("2000")
    OptionalInt batchesPerHour();
}
