package io.quarkiverse.openai.batch.runtime.provider;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

import io.quarkiverse.openai.batch.AuthProvider;

/** Where a client's key comes from. */
public interface Credentials {

    /**
     * @param host the host that it is for
     * @param refused whether the one before was refused
     * @return the key; null for none
     */
    CompletionStage<String> key(String host, boolean refused);

    /** Where it comes from, for messages. */
    String source();

    /** Whether a refused key can be followed by another one. */
    default boolean isRenewable() {
        return true;
    }

    /**
     * A key that stays the same. No record: its text would contain the key.
     *
     * @param key null for none
     */
    static Credentials fixed(String key, String source) {
        CompletionStage<String> stage = CompletableFuture.completedStage(key);
        return new Credentials() {
            @Override
            public CompletionStage<String> key(String host, boolean refused) {
                return stage;
            }

            @Override
            public String source() {
                return source;
            }

            @Override
            public boolean isRenewable() {
                return false;
            }
        };
    }

    static Credentials of(String clientName, AuthProvider provider) {
        return of("an AuthProvider", (host, refused) -> provider.token(new AuthProvider.Request(clientName, host, refused))
                .subscribeAsCompletionStage());
    }

    static Credentials of(String source, BiFunction<String, Boolean, CompletionStage<String>> keys) {
        return new Credentials() {
            @Override
            public CompletionStage<String> key(String host, boolean refused) {
                return keys.apply(host, refused);
            }

            @Override
            public String source() {
                return source;
            }
        };
    }
}
