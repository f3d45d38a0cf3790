package io.quarkiverse.openai.batch.runtime.job.engine;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.job;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.watched;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobReport.SentBatch;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkus.runtime.configuration.ConfigurationException;

class AReportHasTheBatchesOfAJobTest {

    private static final long LINES = chunk("a", 1).input().lines();

    private final Sources sources = new Sources(List.of(), CollectedRequests.NONE);

    private JobReports reports(ChunkRow... chunks) {
        JobStore store = (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "chunks" -> List.of(chunks);
                    case "account" -> new AccountRow("account", Map.of(), null, Map.of(), 0);
                    default -> Optional.empty();
                });
        return new JobReports(store, sources, JobMethods.NONE, new Troubles(store), client -> {
            throw new ConfigurationException("gone");
        });
    }

    @Test
    void withTheirChunksAndTwins() {
        ChunkRow twice = watched(chunk("a", 2), "batch-2", NOW);
        ChunkRow evil = watched(chunk("a", 3), "batch\u001b-3", NOW);
        assertThat(reports(chunk("a", 1), twice.with(twice.remote().withTwin("batch-4")), evil).report(job("a"))
                .batches())
                .containsExactly(new SentBatch(2, "batch-2", "in_progress", LINES), new SentBatch(2, "batch-4", null, LINES),
                        new SentBatch(3, "batch -3", "in_progress", LINES));
    }

    @Test
    void andItsProgressTheLinesThatWereRead() {
        assertThat(reports(chunk("a", 1)).progress(job("a")).lines()).isEqualTo(2);
        sources.wereRead("a", 700);
        assertThat(reports(chunk("a", 1)).progress(job("a")).lines()).isEqualTo(700);
        assertThat(reports(chunk("a", 1)).progress(job("a").withSpooled()).lines()).isEqualTo(2);
        sources.endReading("a");
        assertThat(reports(chunk("a", 1)).progress(job("a")).lines()).isEqualTo(2);
    }
}
