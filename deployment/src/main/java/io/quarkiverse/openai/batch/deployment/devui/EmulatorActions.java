package io.quarkiverse.openai.batch.deployment.devui;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.deployment.devservices.RunningEmulator;
import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.Faults.State;
import io.quarkiverse.openai.batch.emulator.control.Ledger;

/** What the page of the emulator shows and does. Its answers are made of the classes of the JDK: they leave the build. */
final class EmulatorActions {

    private static final Map<String, String> LABELS = new ConcurrentHashMap<>();

    private EmulatorActions() {
    }

    static Map<String, Object> show() {
        Optional<Emulator> running = RunningEmulator.get();
        if (running.isEmpty()) {
            return Map.of("running", false);
        }
        Emulator emulator = running.get();
        Ledger.Summary ledger = emulator.ledger().summary();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("running", true);
        shown.put("baseUrl", emulator.baseUrl().toString());
        shown.put("speed", emulator.speed());
        shown.put("files", emulator.files().size());
        shown.put("batches", emulator.batches().size());
        shown.put("ledger", Map.of("lines", ledger.lines(), "paid", ledger.paid(), "undelivered", ledger.undelivered(),
                "unpaid", ledger.unpaid(), "paidMoreThanOnce", ledger.paidMoreThanOnce()));
        shown.put("requests", requests(emulator));
        shown.put("faults", faults(emulator.faults()));
        shown.put("misbehaviours", Arrays.stream(Misbehaviour.values())
                .map(one -> Map.of("name", one.name(), "label", one.label())).toList());
        return shown;
    }

    private static Map<String, Object> requests(Emulator emulator) {
        Map<String, Object> counts = new LinkedHashMap<>();
        emulator.requests().counts().forEach((operation, count) -> counts.put(String.valueOf(operation), count));
        return counts;
    }

    private static List<Map<String, Object>> faults(Faults faults) {
        return Stream.<State<?>> concat(faults.requestFaults().stream(), faults.batchFaults().stream())
                .map(state -> Map.<String, Object> of("label",
                        LABELS.getOrDefault(state.id(), "A fault that was added elsewhere"),
                        "happened", state.happened()))
                .toList();
    }

    static Map<String, Object> speed(String speed) {
        return act(emulator -> {
            emulator.speed(Double.parseDouble(speed));
            return "Batches created from now on run at speed " + emulator.speed();
        });
    }

    static Map<String, Object> misbehave(String name) {
        return act(emulator -> {
            Misbehaviour misbehaviour = Misbehaviour.valueOf(name);
            LABELS.put(misbehaviour.addTo(emulator.faults()), misbehaviour.label());
            return "Added: " + misbehaviour.label();
        });
    }

    static Map<String, Object> behave() {
        return act(emulator -> {
            emulator.faults().clear();
            LABELS.clear();
            return "The emulator behaves again";
        });
    }

    private interface Action {

        String on(Emulator emulator);
    }

    private static Map<String, Object> act(Action action) {
        try {
            return RunningEmulator.get().map(emulator -> Map.<String, Object> of("done", true, "message", action.on(emulator)))
                    .orElse(Map.of("done", false, "message", "No emulator runs"));
        } catch (IllegalArgumentException e) {
            return Map.of("done", false, "message", String.valueOf(e.getMessage()));
        }
    }
}
