package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.Ledger.Line;
import io.quarkiverse.openai.batch.emulator.control.Ledger.Payment;
import io.quarkiverse.openai.batch.emulator.control.Ledger.Summary;

class LedgerTest {

    private final Emulator emulator = Emulators.slow();
    private final Client client = new Client(emulator);

    @AfterEach
    void close() {
        emulator.close();
    }

    @Test
    void aLineThatIsExecutedInTwoBatchesIsPaidTwice() {
        String first = client.createChatBatch(Client.chatLine("a", "x") + "\n" + Client.chatLine("b", "x"));
        String second = client.createChatBatch(Client.chatLine("a", "x") + "\n" + Client.chatLine("b", "other"));
        assertThat(emulator.ledger().summary()).isEqualTo(new Summary(0, 0, 0, 0, 0));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(emulator.ledger().summary()).isEqualTo(new Summary(3, 4, 0, 0, 1));
        Line twice = emulator.ledger().paidMoreThanOnce(10).get(0);
        assertThat(twice.customId()).isEqualTo("a");
        assertThat(twice.paid()).isEqualTo(2);
        assertThat(twice.batches()).containsExactly(first, second);
        assertThat(emulator.ledger().lines("a")).containsExactly(twice);
        assertThat(emulator.ledger().lines("b")).hasSize(2).allMatch(line -> line.paid() == 1);
        assertThat(emulator.ledger().lines("none")).isEmpty();
    }

    @Test
    void onlyWhatWasExecutedIsInIt() {
        String id = client.createChatBatch(Client.chatLines(300));
        emulator.clock().advance(Duration.ofSeconds(6));
        client.post("/batches/" + id + "/cancel", "");
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(emulator.ledger().summary().paid()).isEqualTo(100);
        assertThat(emulator.ledger().lines("line-101")).isEmpty();
        emulator.ledger().clear();
        assertThat(emulator.ledger().summary().lines()).isZero();
    }

    @Test
    void aMillionLinesAreKeptApart() {
        Ledger ledger = new Ledger();
        byte[] body = Client.bytes("{}");
        for (int line = 0; line < 1_000_000; line++) {
            ledger.executed("batch-" + line / 50_000, "line-" + line, body, Payment.PAID);
        }
        ledger.executed("batch-x", "line-777777", body, Payment.PAID_UNDELIVERED);
        ledger.executed("batch-x", "line-5", body, Payment.UNPAID);
        assertThat(ledger.summary()).isEqualTo(new Summary(1_000_000, 1_000_001, 1, 1, 1));
        assertThat(ledger.paidMoreThanOnce(10)).extracting(Line::customId, Line::batches)
                .containsExactly(tuple("line-777777", List.of("batch-15", "batch-x")));
        assertThat(ledger.lines("line-5").get(0).unpaid()).isEqualTo(1);
    }
}
