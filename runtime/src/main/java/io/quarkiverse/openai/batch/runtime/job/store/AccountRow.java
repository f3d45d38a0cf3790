package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was learned of an account.
 *
 * @param account its name
 * @param tokens how many tokens it may have enqueued, by model; the name is empty for lines that name none
 * @param bytes how large a file it takes; null if nothing is known
 * @param troubles what fails of its jobs and clients, by task
 * @param version number of times the row was written; negative if it must not be written
 */
public record AccountRow(String account, Map<String, Limit> tokens, Limit bytes, Map<String, Trouble> troubles,
        long version) {

    /**
     * A limit that a refusal told.
     *
     * @param most 0 if the refusal named no number
     * @param since when it was told
     */
    public record Limit(long most, Instant since) {
    }

    public static AccountRow of(String account) {
        return new AccountRow(account, Map.of(), null, Map.of(), 0);
    }

    /** One that is in memory only, since the stored one is of a later version. */
    public static AccountRow unwritten(String account) {
        return of(account).withVersion(-1);
    }

    /**
     * @param limit null for none
     */
    public AccountRow withTokens(String model, Limit limit) {
        Map<String, Limit> changed = new TreeMap<>(tokens);
        changed.remove(model);
        if (limit != null) {
            changed.put(model, limit);
        }
        return new AccountRow(account, changed, bytes, troubles, version);
    }

    /**
     * @param limit null for none
     */
    public AccountRow withBytes(Limit limit) {
        return new AccountRow(account, tokens, limit, troubles, version);
    }

    public AccountRow withoutLimits() {
        return new AccountRow(account, Map.of(), null, troubles, version);
    }

    /**
     * @param trouble null for none
     */
    public AccountRow withTrouble(String task, Trouble trouble) {
        Map<String, Trouble> changed = new TreeMap<>(troubles);
        changed.remove(task);
        if (trouble != null) {
            changed.put(task, trouble);
        }
        return new AccountRow(account, tokens, bytes, changed, version);
    }

    public AccountRow withVersion(long newVersion) {
        return new AccountRow(account, tokens, bytes, troubles, newVersion);
    }
}
