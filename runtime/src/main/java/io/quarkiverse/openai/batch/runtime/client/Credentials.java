package io.quarkiverse.openai.batch.runtime.client;

import io.quarkiverse.openai.batch.AuthProvider;
import io.smallrye.mutiny.Uni;

/** Where a client's key comes from. */
public interface Credentials {

    /**
     * @param host the host that it is for
     * @param refused whether the one before was refused
     * @return the key; null for none
     */
    Uni<String> key(String host, boolean refused);

    /** Whether a refused key can be followed by another one. */
    default boolean isRenewable() {
        return true;
    }

    /** A key that stays the same; null for none. */
    static Credentials fixed(String key) {
        return new FixedKey(Uni.createFrom().item(key));
    }

    static Credentials of(String clientName, AuthProvider provider) {
        return (host, refused) -> provider.token(new AuthProvider.Request(clientName, host, refused));
    }

    /** A class rather than a record, whose text would have the key in it. */
    final class FixedKey implements Credentials {

        private final Uni<String> key;

        private FixedKey(Uni<String> key) {
            this.key = key;
        }

        @Override
        public Uni<String> key(String host, boolean refused) {
            return key;
        }

        @Override
        public boolean isRenewable() {
            return false;
        }
    }
}
