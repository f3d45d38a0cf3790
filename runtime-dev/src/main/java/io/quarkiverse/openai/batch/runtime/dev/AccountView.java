package io.quarkiverse.openai.batch.runtime.dev;

import java.util.List;

/**
 * The newest batches of a client's account.
 *
 * @param problem why they cannot be listed; null if they can
 */
public record AccountView(String client, List<BatchView> batches, String problem) {
}
