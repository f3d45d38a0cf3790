package org.acme;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.openai.batch.ClientProvider;
import io.quarkiverse.openai.batch.OpenAiBatch;

// tag::provider[]
@ApplicationScoped
class CustomerClients implements ClientProvider {

    private final Map<String, String> keys = new ConcurrentHashMap<>(); // <1>

    @Override
    public Optional<OpenAiBatch> client(String name) { // <2>
        return Optional.ofNullable(keys.get(name))
                .map(key -> OpenAiBatch.builder().apiKey(key).accountId(name).build()); // <3>
    }
}
// end::provider[]
