package io.quarkiverse.openai.batch.emulator.api;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.openai.batch.emulator.EmulatorClock;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.Limits;
import io.quarkiverse.openai.batch.emulator.batch.BatchStore;
import io.quarkiverse.openai.batch.emulator.batch.Deadline;
import io.quarkiverse.openai.batch.emulator.batch.Pace;
import io.quarkiverse.openai.batch.emulator.batch.Upstream;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.RequestLog;
import io.quarkiverse.openai.batch.emulator.file.FileStore;

/** Everything an emulator has, apart from its server. */
public record Backend(EmulatorClock clock, AtomicReference<Limits> limits, FileStore files, BatchStore batches, Faults faults,
        Ledger ledger, RequestLog requests, LateEffects lateEffects) {

    public static Backend of(EmulatorOptions options, EmulatorClock clock) {
        AtomicReference<Limits> limits = new AtomicReference<>(options.limits());
        FileStore files = new FileStore(options.directory().orElse(null));
        Faults faults = new Faults(clock, options.seed());
        Ledger ledger = new Ledger();
        Upstream upstream = options.upstream().map(base -> new Upstream(base, options.upstreamKey().orElse(null)))
                .orElse(null);
        BatchStore batches = new BatchStore(files, new Pace(options.speed()), limits::get, upstream, ledger, faults);
        return new Backend(clock, limits, files, batches, faults, ledger, new RequestLog(), new LateEffects(clock));
    }

    /** Brings everything to the present, as if somebody had looked at it all. */
    public void catchUp() {
        Instant now = clock.instant();
        lateEffects.applyDue();
        batches.advanceAll(now, Deadline.NONE);
    }

    /** Forgets everything but the limits and the time. */
    public void reset() {
        lateEffects.clear();
        faults.clear();
        batches.clear();
        files.clear();
        ledger.clear();
        requests.clear();
    }
}
