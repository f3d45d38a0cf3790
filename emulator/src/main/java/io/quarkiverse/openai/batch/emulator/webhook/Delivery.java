package io.quarkiverse.openai.batch.emulator.webhook;

import java.time.Duration;
import java.time.Instant;

/** One event on its way. */
final class Delivery {

    private static final double FIRST_PAUSE_SECONDS = 5;
    private static final double LONGEST_PAUSE_SECONDS = 12 * 3_600;
    private static final double GIVE_UP_SECONDS = 72 * 3_600;
    private static final int MAX_ATTEMPTS = 20;

    private final WebhookEvent event;
    private final boolean forged;
    private final double speed;
    private final Instant giveUpAt;
    private Instant due;
    private int attempts;

    /** @param speed by which the pauses are shortened */
    Delivery(WebhookEvent event, Instant due, double speed, boolean forged) {
        this.event = event;
        this.due = due;
        this.speed = speed;
        this.forged = forged;
        this.giveUpAt = due.plus(time(GIVE_UP_SECONDS));
    }

    WebhookEvent event() {
        return event;
    }

    /** Whether its signature is made with another secret. */
    boolean forged() {
        return forged;
    }

    Instant due() {
        return due;
    }

    /** Puts it off after a failed attempt; false if it is given up. */
    boolean repeatAfter(Instant now) {
        double pause = Math.min(FIRST_PAUSE_SECONDS * Math.pow(2, attempts++), LONGEST_PAUSE_SECONDS);
        due = now.plus(time(pause));
        return !forged && attempts < MAX_ATTEMPTS && !due.isAfter(giveUpAt);
    }

    private Duration time(double seconds) {
        return Duration.ofNanos((long) Math.min(seconds / speed * 1e9, 1e18));
    }
}
