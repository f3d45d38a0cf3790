package io.quarkiverse.openai.batch.runtime.job.admission;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.in;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;

class TenThousandChunksAreRankedAtOnceTest {

    private static final int JOBS = 10;
    private static final int CHUNKS = 1_000;
    private static final int ROOM = 1_000;

    @TempDir
    Path root;

    private final Map<String, JobRow> jobs = new LinkedHashMap<>();
    private final Map<String, List<ChunkRow>> chunks = new LinkedHashMap<>();

    @Test
    void alsoIfEachOfTheirJobsHasABudgetAndACanaryThatPassed() {
        Guard guard = new Guard(1_000_000_000, null, 0, 0);
        IntStream.range(0, JOBS).mapToObj(n -> Rows.job("job-" + n, n % 3, guard)).forEach(job -> jobs.put(job.name(), job));
        jobs.keySet().forEach(job -> chunks.put(job, IntStream.rangeClosed(1, CHUNKS)
                .mapToObj(n -> in(ChunkState.UPLOADED, chunk(job, n, 10, "model", 10))).toList()));
        try (JobDirectory directory = JobDirectory.open(root)) {
            JobStore store = inMemory(new DirectoryJobStore(directory, Rows.CLOCK));
            Admission admission = new Admission(store, new EnqueuedTokens(store, new SettableClock(NOW).steady()));
            List<Duration> times = new ArrayList<>();
            for (int run = 0; run < 10; run++) {
                long start = System.nanoTime();
                assertThat(admitted(admission)).isEqualTo(ROOM);
                times.add(Duration.ofNanos(System.nanoTime() - start));
            }
            assertThat(times).anyMatch(time -> time.compareTo(Duration.ofMillis(100)) < 0);
        }
    }

    private static int admitted(Admission admission) {
        RecordedDecisions decisions = new RecordedDecisions(JobSettings.of(LineLimits.OPENAI).withRoom(0, ROOM, 0), Set.of());
        admission.run("account", NOW, decisions);
        return decisions.admitted.size();
    }

    /** Ten thousand rows on disk would take longer to write than to rank. */
    private JobStore inMemory(JobStore store) {
        return (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "jobs", "recent" -> List.copyOf(jobs.values());
                    case "chunks" -> chunks.get(arguments[0]);
                    default -> method.invoke(store, arguments);
                });
    }
}
