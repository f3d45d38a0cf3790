package io.quarkiverse.openai.batch.emulator.batch;

import java.util.function.Supplier;

import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.file.FileStore;

/**
 * What all batches of an emulator share.
 *
 * @param upstream who answers the lines, or null for the emulator itself
 */
record BatchEnvironment(FileStore files, Pace pace, Supplier<Limits> limits, Upstream upstream, Ledger ledger,
        EnqueuedTokens tokens) {

    BatchEnvironment with(Pace other) {
        return new BatchEnvironment(files, other, limits, upstream, ledger, tokens);
    }
}
