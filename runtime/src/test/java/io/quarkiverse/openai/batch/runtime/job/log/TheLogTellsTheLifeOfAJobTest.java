package io.quarkiverse.openai.batch.runtime.job.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.runtime.job.RunnerBench;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;

class TheLogTellsTheLifeOfAJobTest {

    private static final Logger OURS = Logger.getLogger("io.quarkiverse.openai.batch");

    @TempDir
    Path root;

    private final List<ExtLogRecord> records = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.INFO.intValue()) {
                ExtLogRecord copy = ExtLogRecord.wrap(record);
                copy.copyMdc();
                records.add(copy);
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    };
    private RunnerBench bench;

    @BeforeEach
    void open() {
        OURS.addHandler(handler);
        bench = new RunnerBench(root);
    }

    @AfterEach
    void close() {
        bench.close();
        OURS.removeHandler(handler);
    }

    @Test
    void fiveLinesForAJobOfOneBatch() {
        bench.submit(3);
        bench.finish();
        bench.run(Duration.ofSeconds(1));

        assertThat(lines()).containsExactly(
                "Job numbers is submitted; its account is account",
                "Job numbers: its source is read, and its lines are in one chunk",
                "Job numbers: batch batch-2 is created for the 3 lines of chunk 1",
                "Job numbers: batch batch-2 of chunk 1 has ended as completed; of 3 lines the provider counts 3 as completed "
                        + "and 0 as failed",
                "Job numbers has ended as finished after 5s: 3 succeeded; 6 tokens, cost unknown: jobs.prices has none for "
                        + "gpt-6-luna");
        assertThat(records).allMatch(record -> record.getLevel().intValue() == Level.INFO.intValue());
    }

    @Test
    void nothingWhileABatchRuns() {
        bench.submit(3);
        bench.until("its batch runs", () -> bench.provider.batches().size() == 1);
        bench.run(Duration.ofMinutes(5));
        records.clear();

        bench.run(Duration.ofHours(10));

        assertThat(lines()).isEmpty();
    }

    @Test
    void anOutageOfAnHourIsThreeLines() {
        bench.submit(3);
        bench.until("its batch runs", () -> bench.provider.batches().size() == 1);
        records.clear();
        bench.provider.failAlways(Verb.LIST, Kind.TRANSIENT).failAlways(Verb.RETRIEVE, Kind.TRANSIENT);

        bench.run(Duration.ofHours(1));
        bench.provider.works(Verb.LIST);
        bench.provider.works(Verb.RETRIEVE);
        bench.run(Duration.ofMinutes(6));

        assertThat(lines()).hasSize(3).allMatch(line -> line.startsWith("Looking at the batches of client "));
        assertThat(lines().get(0)).contains("has failed 1 times since", "is tried again at", ": The fake says TRANSIENT");
        assertThat(lines().get(2)).contains("works again; it had failed ", " times since ");
        assertThat(records).extracting(record -> record.getLevel().getName()).containsExactly("INFO", "WARN", "INFO");
    }

    @Test
    void whoResumesAJobInAnOutageIsNotToldThatItIsOver() {
        bench.submit(3);
        bench.until("its batch runs", () -> bench.provider.batches().size() == 1);
        bench.provider.failAlways(Verb.LIST, Kind.TRANSIENT).failAlways(Verb.RETRIEVE, Kind.TRANSIENT);
        bench.run(Duration.ofMinutes(30));
        records.clear();

        bench.job().pause();
        bench.job().resume();
        bench.run(Duration.ofSeconds(5));

        assertThat(lines()).isNotEmpty().noneMatch(line -> line.contains("works again"));
    }

    @Test
    void aRestartSaysWhichJobsContinue() {
        bench.submit(7);
        bench.until("its batches run", () -> bench.provider.batches().size() == 3);
        bench.stop();
        records.clear();

        bench.runner();

        assertThat(lines())
                .containsExactly("Job numbers of 2026-11-21T06:00:00Z continues: running, 0 of its 3 chunks are done");
    }

    @Test
    void whoSubmitsAJobAgainAfterItsEndIsToldThatItsSourceIsNotRead() {
        bench.submit(3);
        Instant end = bench.finish().times().endedAt();
        records.clear();

        bench.submit(4);

        assertThat(lines())
                .containsExactly("Attached to job numbers, which ended at " + end + ". Its source is not read again: a "
                        + "job with other lines needs another name, or another version");
    }

    @Test
    void eachLineOfAStepHasJobChunkAndBatch() {
        bench.submit(7);
        bench.finish();

        ExtLogRecord created = records.stream().filter(record -> record.getFormattedMessage().contains("is created"))
                .findFirst().orElseThrow();
        assertThat(created.getMdc("openai-batch.job")).isEqualTo("numbers");
        assertThat(records).filteredOn(record -> record.getFormattedMessage().contains("source is read"))
                .allMatch(record -> "numbers".equals(record.getMdc("openai-batch.job")));
    }

    private List<String> lines() {
        return records.stream().map(ExtLogRecord::getFormattedMessage).toList();
    }
}
