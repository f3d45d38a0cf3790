package io.quarkiverse.openai.batch.runtime.job.database;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.runtime.job.database.SharedJobs.Member;

/**
 * CPU time, without the server's, of a minute in which one batch runs and chunks wait in PostgreSQL. Prints the median of
 * minutes, which are six times as fast as others. Run it with 10 and with 10,000 as its argument: the difference must be at
 * most 0.1 s.
 */
public final class WaitingSpeedInADatabase {

    private static final int WARM_UPS = 4;
    private static final int MINUTES = 15;

    private WaitingSpeedInADatabase() {
    }

    public static void main(String[] args) throws Exception {
        int waiting = Integer.parseInt(args[0]);
        String name = "waiting" + System.nanoTime();
        try (Connection connection = Postgres.server().getPostgresDatabase().getConnection()) {
            connection.createStatement().execute("CREATE DATABASE " + name);
        }
        String url = Postgres.server().getJdbcUrl("postgres", name);
        try (AgroalDataSource pool = Postgres.pool(url, 2); SharedJobs shared = new SharedJobs(url)) {
            shared.settings = shared.settings.withRoom(0, 1, 0).withPolls(Duration.ofSeconds(1), Duration.ofMinutes(1));
            Database database = new Database(pool, shared.namespace, CallerTransaction.NONE);
            new Schema(database).create();
            new WaitingAndEnded(shared, database).add(waiting);
            Member one = shared.start();
            shared.until("it has looked", () -> one.store.look("<default>").readAt() != null);
            double[] seconds = new double[MINUTES];
            for (int minute = -WARM_UPS; minute < MINUTES; minute++) {
                seconds[Math.max(0, minute)] = minute(shared);
            }
            Arrays.sort(seconds);
            System.out.printf("a minute with %,d waiting chunks: %.2f s of CPU, from %.2f to %.2f%n", waiting,
                    seconds[MINUTES / 2], seconds[0], seconds[MINUTES - 1]);
        }
        System.exit(0);
    }

    private static double minute(SharedJobs shared) throws InterruptedException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Instant end = shared.clock.instant().plusSeconds(60);
        long start = system.getProcessCpuTime();
        while (shared.clock.instant().isBefore(end)) {
            TimeUnit.MILLISECONDS.sleep(100);
            shared.clock.advance(Duration.ofMillis(600));
        }
        return (system.getProcessCpuTime() - start) / 1e9;
    }
}
