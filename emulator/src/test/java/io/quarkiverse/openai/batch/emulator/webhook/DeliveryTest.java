package io.quarkiverse.openai.batch.emulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.batch.BatchStatus;

class DeliveryTest {

    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final WebhookEvent EVENT = WebhookEvent.of("batch_1", BatchStatus.COMPLETED, START);

    @Test
    void pausesDoubleUpToTwelveHoursForThreeDays() {
        List<Duration> pauses = pauses(new Delivery(EVENT, START, 1, false), Duration.ZERO);

        assertThat(pauses.subList(0, 4)).extracting(Duration::toSeconds).containsExactly(5L, 10L, 20L, 40L);
        assertThat(pauses).isSorted().allMatch(pause -> pause.compareTo(Duration.ofHours(12)) <= 0).hasSizeLessThan(20);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isBetween(Duration.ofHours(48), Duration.ofHours(72));
    }

    @Test
    void aFasterEmulatorPausesLess() {
        List<Duration> pauses = pauses(new Delivery(EVENT, START, 100, false), Duration.ZERO);

        assertThat(pauses.get(0)).isEqualTo(Duration.ofMillis(50));
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThanOrEqualTo(Duration.ofMinutes(44));
    }

    @Test
    void attemptsThatTakeLongAreFewer() {
        assertThat(pauses(new Delivery(EVENT, START, 1, false), Duration.ofHours(20))).hasSize(3);
    }

    @Test
    void whatIsForgedIsNotRepeated() {
        assertThat(pauses(new Delivery(EVENT, START, 1, true), Duration.ZERO)).isEmpty();
    }

    private static List<Duration> pauses(Delivery delivery, Duration taken) {
        List<Duration> pauses = new ArrayList<>();
        Instant failed = START.plus(taken);
        while (delivery.repeatAfter(failed)) {
            pauses.add(Duration.between(failed, delivery.due()));
            failed = delivery.due().plus(taken);
        }
        return pauses;
    }
}
