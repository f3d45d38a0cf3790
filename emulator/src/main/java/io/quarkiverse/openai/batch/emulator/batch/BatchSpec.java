package io.quarkiverse.openai.batch.emulator.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/**
 * What a batch was created with.
 *
 * @param input the input file, retained by whoever makes the batch
 * @param completionWindow as in the request
 * @param metadata string values by name, or null
 * @param outputExpiresAfter seconds until output and error file are deleted, or null for the default of 30 days
 * @param organization whose quota the batch counts on
 */
public record BatchSpec(Endpoint endpoint, StoredFile input, String completionWindow, ObjectNode metadata,
        Long outputExpiresAfter, String organization) {
}
