/**
 * The webhooks that an emulator sends. Batches that have ended come in; signed events go out, again and again until they are
 * taken. Next: {@link io.quarkiverse.openai.batch.emulator.http}, whose Vert.x runs the sender.
 */
package io.quarkiverse.openai.batch.emulator.webhook;
