package io.quarkiverse.openai.batch.emulator.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.quarkiverse.openai.batch.emulator.file.NewFile;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;

class BatchLagsRatherThanKeepAClientWaitingTest {

    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final Deadline PASSED = Deadline.in(Duration.ZERO);

    @Test
    void aPassedDeadlineLeavesTheBatchWhereItIsAndDoesNotExpireIt() throws IOException {
        try (FileStore files = new FileStore(null)) {
            Faults faults = new Faults(InstantSource.fixed(START), 0);
            BatchStore batches = new BatchStore(files, new Pace(1), () -> Limits.DOCUMENTED, null, new Ledger(), faults,
                    batch -> {
                    });
            Batch batch = batches.create(new BatchSpec(Endpoint.EMBEDDINGS, input(files), "24h", null, null, "org"), START);
            Instant late = START.plus(Duration.ofDays(2));
            assertThat(status(batches, batch, late, PASSED)).isEqualTo("validating");
            batch.advance(late, PASSED);
            assertThat(status(batches, batch, late, PASSED)).isEqualTo("in_progress");
            assertThat(status(batches, batch, late, Deadline.NONE)).isEqualTo("completed");
        }
    }

    private static String status(BatchStore batches, Batch batch, Instant now, Deadline deadline) {
        return batches.show(batch, now, deadline).get("status").asText();
    }

    private static StoredFile input(FileStore files) throws IOException {
        Path path = files.newPath();
        Files.writeString(path, """
                {"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":"x","dimensions":3}}""");
        StoredFile file = files.add(new NewFile("input.jsonl", "batch", path, START, null));
        file.retain();
        return file;
    }
}
