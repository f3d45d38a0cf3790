package io.quarkiverse.openai.batch.emulator.api;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.openai.batch.emulator.batch.BatchStore;
import io.quarkiverse.openai.batch.emulator.batch.Deadline;
import io.quarkiverse.openai.batch.emulator.batch.Pace;
import io.quarkiverse.openai.batch.emulator.batch.Upstream;
import io.quarkiverse.openai.batch.emulator.control.EmulatorClock;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.control.RequestLog;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.quarkiverse.openai.batch.emulator.webhook.WebhookEndpoint;
import io.quarkiverse.openai.batch.emulator.webhook.WebhookQueue;

/** Everything an emulator has, apart from its server. */
public record Backend(EmulatorClock clock, AtomicReference<Limits> limits, FileStore files, BatchStore batches, Faults faults,
        Ledger ledger, RequestLog requests, LateEffects lateEffects, WebhookQueue webhooks) {

    /**
     * @param upstream the server that answers the lines; null if the emulator does
     * @param requests keeps the requests
     * @param endpoint where webhooks are sent; null if nowhere
     */
    public static Backend of(EmulatorClock clock, Limits limits, FileStore files, Pace pace, Upstream upstream, long seed,
            RequestLog requests, WebhookEndpoint endpoint) {
        AtomicReference<Limits> current = new AtomicReference<>(limits);
        Faults faults = new Faults(clock, seed);
        Ledger ledger = new Ledger();
        WebhookQueue webhooks = new WebhookQueue(endpoint, clock, pace.speed(), faults);
        BatchStore batches = new BatchStore(files, pace, current::get, upstream, ledger, faults, webhooks::ended);
        return new Backend(clock, current, files, batches, faults, ledger, requests, new LateEffects(clock), webhooks);
    }

    /** Brings everything to the present, as if somebody had looked at it all. */
    public void catchUp() {
        catchUp(Deadline.NONE);
    }

    /** Brings everything as near to the present as the deadline allows. */
    public void catchUp(Deadline deadline) {
        Instant now = clock.instant();
        lateEffects.applyDue();
        batches.advanceAll(now, deadline);
    }

    /** Forgets everything but the limits and the time. */
    public void reset() {
        lateEffects.clear();
        faults.clear();
        batches.clear();
        files.clear();
        ledger.clear();
        requests.clear();
        webhooks.clear();
    }
}
