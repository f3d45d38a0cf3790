package org.acme;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.Provider;

// tag::built[]
@Singleton
public class BuiltClient {

    private final Map<String, OpenAiBatch> tenants = new ConcurrentHashMap<>();

    OpenAiBatch of(String tenant, String key) {
        return tenants.computeIfAbsent(tenant, name -> OpenAiBatch.builder()
                .provider(Provider.OPENAI)
                .apiKey(key)
                .header("OpenAI-Project", name)
                .build());
    }

    @PreDestroy
    void close() {
        tenants.values().forEach(OpenAiBatch::close);
    }
}
// end::built[]
