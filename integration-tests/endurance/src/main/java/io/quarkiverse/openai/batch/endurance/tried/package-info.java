/**
 * Tries, area by area, what a provider, a file, a terminal or a stranger's request can send, and tells whether it held. In come
 * the packaged tool and the emulator; out goes a table of areas.
 */
package io.quarkiverse.openai.batch.endurance.tried;
