/**
 * A Batch API server for development and tests. It shares no code with the client, so that each checks the other.
 */
package io.quarkiverse.openai.batch.emulator;
