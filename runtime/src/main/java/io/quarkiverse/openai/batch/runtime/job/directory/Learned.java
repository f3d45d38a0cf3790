package io.quarkiverse.openai.batch.runtime.job.directory;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;

/** What was learned of accounts, which is stored, and of the batches of clients, which each process finds out by itself. */
final class Learned {

    private final JobDirectory directory;
    private final InstantSource clock;
    private final Map<String, AccountRow> accounts = new HashMap<>();
    private final Map<String, LookRow> looks = new HashMap<>();

    Learned(JobDirectory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    synchronized AccountRow account(String name) {
        return accounts.computeIfAbsent(name, account -> RowFile.account(directory.account(account), account,
                clock.instant()));
    }

    synchronized AccountRow change(String name, UnaryOperator<AccountRow> change) {
        AccountRow before = account(name);
        AccountRow after = change.apply(before);
        if (!after.equals(before)) {
            after = before.version() < 0 ? after : after.withVersion(before.version() + 1);
            if (after.version() > 0) {
                directory.replace(directory.account(name), RowFormat.write(after), Set.of(), Set.of());
            }
            accounts.put(name, after);
        }
        return after;
    }

    synchronized LookRow look(String client) {
        return looks.getOrDefault(client, LookRow.of(client));
    }

    synchronized LookRow changeLook(String client, UnaryOperator<LookRow> change) {
        LookRow after = change.apply(look(client));
        looks.put(client, after);
        return after;
    }
}
