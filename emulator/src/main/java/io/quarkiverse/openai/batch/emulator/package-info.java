/**
 * A Batch API server for development and tests: start an {@link io.quarkiverse.openai.batch.emulator.Emulator}, give clients
 * its
 * base URL. It shares no code with the client, so that each checks the other.
 */
package io.quarkiverse.openai.batch.emulator;
