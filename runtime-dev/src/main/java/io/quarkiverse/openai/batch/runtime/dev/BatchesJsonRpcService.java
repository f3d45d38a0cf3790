package io.quarkiverse.openai.batch.runtime.dev;

import java.util.List;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.app.Clients;
import io.quarkus.runtime.annotations.DevMCPEnableByDefault;
import io.quarkus.runtime.annotations.JsonRpcDescription;

/** The batches of each client's account. */
public class BatchesJsonRpcService {

    private static final int MOST_BATCHES = 50;
    private static final int MESSAGE = 500;

    private final Clients clients;

    BatchesJsonRpcService(Clients clients) {
        this.clients = clients;
    }

    @JsonRpcDescription("Lists the newest batches of each configured client's account at its provider")
    @DevMCPEnableByDefault
    public List<AccountView> batches() {
        return clients.names().stream().sorted().map(this::account).toList();
    }

    private AccountView account(String client) {
        try {
            return new AccountView(client, clients.get(client).batches().listBatches(null, MOST_BATCHES).data().stream()
                    .map(BatchView::of).toList(), null);
        } catch (RuntimeException e) {
            return new AccountView(client, List.of(), SafeText.of(e.getMessage(), MESSAGE));
        }
    }
}
