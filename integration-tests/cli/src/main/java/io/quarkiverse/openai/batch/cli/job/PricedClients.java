package io.quarkiverse.openai.batch.cli.job;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.runtime.app.Clients;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
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
        return new JobClient(client.batches(), client.files(),
                client.settings().withPrices(client.settings().prices().withAll(given)),
                client.account(), client.purpose());
    }

    /** Of the client that the tool's jobs have. */
    public Prices prices(Prices given) {
        return get(ClientSettings.DEFAULT_NAME, given).settings().prices();
    }
}
