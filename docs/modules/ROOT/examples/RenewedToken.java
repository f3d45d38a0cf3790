package org.acme;

import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.AuthProvider;
import io.quarkiverse.openai.batch.BatchClient;
import io.smallrye.mutiny.Uni;

// tag::token[]
@Singleton
@BatchClient("azure") // <1>
public class RenewedToken implements AuthProvider {

    private volatile String token;

    @Override
    public Uni<String> token(Request request) {
        if (token != null && !request.refused()) { // <2>
            return Uni.createFrom().item(token);
        }
        return fetch().invoke(fetched -> token = fetched);
    }

    private Uni<String> fetch() {
        // end::token[]
        return Uni.createFrom().item("from your identity provider");
        // tag::token[]
    }
}
// end::token[]
