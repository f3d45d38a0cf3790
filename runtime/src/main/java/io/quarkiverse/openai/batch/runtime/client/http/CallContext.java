package io.quarkiverse.openai.batch.runtime.client.http;

import java.util.concurrent.Executor;

import io.quarkiverse.openai.batch.CallOptions;

/**
 * What a call has besides its arguments.
 *
 * @param options overrides of the client's settings
 * @param reader where responses are read
 */
public record CallContext(CallOptions options, Executor reader) {

    public CallContext withOptions(CallOptions other) {
        return new CallContext(other, reader);
    }
}
