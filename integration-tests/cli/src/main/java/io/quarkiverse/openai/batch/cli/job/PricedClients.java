package io.quarkiverse.openai.batch.cli.job;

import java.util.HashMap;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.runtime.app.Clients;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.Prices;
import io.quarkiverse.openai.batch.runtime.job.setup.Prices.Price;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;

/** The configured clients, at the prices that the user gives. */
@Singleton
public class PricedClients {

    @Inject
    Clients clients;

    /**
     * A client as jobs use it.
     *
     * @param given go before the configured ones
     */
    JobClient get(String name, Prices given) {
        JobClient client = clients.ofJobs(name);
        Map<String, Price> prices = new HashMap<>(client.settings().prices().ofModel());
        prices.putAll(given.ofModel());
        return new JobClient(client.batches(), client.files(), client.settings().withPrices(new Prices(prices)),
                client.account(), client.purpose());
    }

    /** Of the client that the tool's jobs have. */
    public Prices prices(Prices given) {
        return get(ClientSettings.DEFAULT_NAME, given).settings().prices();
    }
}
