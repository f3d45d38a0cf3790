package io.quarkiverse.openai.batch.runtime.provider;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.jsonl.LineLimits;

/**
 * How a provider's Batch API differs from OpenAI's. The configuration can change each preset.
 *
 * @param provider the provider
 * @param baseUrl the base URL; null where every account has its own
 * @param keyVariable the environment variable with the key; null for none
 * @param hosts hosts that may get the variable's key; a leading dot means all hosts of a domain; empty for any
 * @param keyNeeded whether a call without a key is an error
 * @param authHeader the header that takes the key
 * @param authScheme text before the key; empty for none
 * @param batchesPath the path of the batches under the base URL
 * @param filesPath the path of the files under the base URL
 * @param uploadPath the path of uploads
 * @param uploadNamesFile whether an upload also has the file's name in a field {@code file_name}
 * @param query query parameters of each request
 * @param purpose the purpose of input files
 * @param completionWindow the window sent by default; empty for none
 * @param cursorPaging whether a page is asked for by {@code cursor} rather than {@code after}
 * @param afterRequired whether {@code after} is sent also for the first page
 * @param dottedExpiry whether a file's expiry is sent as {@code expires_after.seconds} rather than
 *        {@code expires_after[seconds]}
 * @param submissionIds whether a created batch carries a submission id in its metadata, by which a lost one is found
 * @param limits the limits of an input file and its batch
 * @param batchesPerHour batches that jobs create in an hour (OpenAI: 2,000, Batch guide, 2026-08); 0 for any number
 */
public record Dialect(Provider provider, String baseUrl, String keyVariable, List<String> hosts, boolean keyNeeded,
        String authHeader, String authScheme, String batchesPath, String filesPath, String uploadPath,
        boolean uploadNamesFile, Map<String, String> query, String purpose,
        String completionWindow, boolean cursorPaging, boolean afterRequired, boolean dottedExpiry, boolean submissionIds,
        LineLimits limits, int batchesPerHour) {

    /** Whether the key in the provider's environment variable may be sent to this URL's host. */
    public boolean isMeantFor(URI url) {
        if (hosts.isEmpty()) {
            return true;
        }
        String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
        return hosts.stream().anyMatch(known -> known.startsWith(".") ? host.endsWith(known) : host.equals(known));
    }

    /** Starts from OpenAI's own. */
    static DialectBuilder builder(Provider provider) {
        return new DialectBuilder(provider);
    }

    /** Starts from this one. */
    public DialectBuilder toBuilder() {
        return new DialectBuilder(this);
    }
}
