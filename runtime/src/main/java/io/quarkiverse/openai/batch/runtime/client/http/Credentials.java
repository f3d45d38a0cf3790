package io.quarkiverse.openai.batch.runtime.client.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.openai.batch.AuthProvider;

/** Where a client's key comes from. */
public interface Credentials {

    /**
     * @param host the host that it is for
     * @param refused whether the one before was refused
     * @return the key; null for none
     */
    CompletionStage<String> key(String host, boolean refused);

    /** Whether a refused key can be followed by another one. */
    default boolean isRenewable() {
        return true;
    }

    /** A key that stays the same; null for none. No record: its text would contain the key. */
    static Credentials fixed(String key) {
        CompletionStage<String> stage = CompletableFuture.completedStage(key);
        return new Credentials() {
            @Override
            public CompletionStage<String> key(String host, boolean refused) {
                return stage;
            }

            @Override
            public boolean isRenewable() {
                return false;
            }
        };
    }

    static Credentials of(String clientName, AuthProvider provider) {
        return (host, refused) -> provider.token(new AuthProvider.Request(clientName, host, refused))
                .subscribeAsCompletionStage();
    }
}
