package io.quarkiverse.openai.batch.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Effects of requests that were answered before they took place. Due ones take place when somebody looks. */
public final class LateEffects {

    private final InstantSource clock;
    private final List<Late> effects = new ArrayList<>();

    /** @param clock the emulator's */
    public LateEffects(InstantSource clock) {
        this.clock = clock;
    }

    /** Puts off an effect, by the emulator's clock. */
    public void add(Effect effect, Duration delay) {
        add(effect, clock, delay);
    }

    /** Puts off an effect, by the machine's clock. */
    public void addRealTime(Effect effect, Duration delay) {
        add(effect, InstantSource.system(), delay);
    }

    private synchronized void add(Effect effect, InstantSource source, Duration delay) {
        effects.add(new Late(effect, source, source.instant().plus(delay)));
    }

    /** Lets take place what is due, as of when it was. */
    public synchronized void applyDue() {
        if (effects.isEmpty()) {
            return;
        }
        List<Late> due = effects.stream().filter(Late::due).sorted(Comparator.comparing(Late::at)).toList();
        effects.removeAll(due);
        due.forEach(late -> apply(late.effect, late.source == clock ? late.at : clock.instant()));
    }

    private static void apply(Effect effect, Instant at) {
        try {
            effect.apply(at).release();
        } catch (ApiException e) {
            // There is nobody to tell: the client has had its answer.
        }
    }

    /** Gives up all that has not taken place. */
    public synchronized void clear() {
        effects.forEach(late -> late.effect.discard());
        effects.clear();
    }

    private record Late(Effect effect, InstantSource source, Instant at) {

        boolean due() {
            return !source.instant().isBefore(at);
        }
    }
}
