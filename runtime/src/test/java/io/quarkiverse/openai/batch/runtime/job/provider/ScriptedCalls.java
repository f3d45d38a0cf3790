package io.quarkiverse.openai.batch.runtime.job.provider;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;

/** Calls of which a test scripts what happens before and after their effect. */
public abstract class ScriptedCalls {

    /** What the provider is asked for. */
    public enum Verb {
        UPLOAD,
        FILES,
        CREATE,
        LIST,
        RETRIEVE,
        STOP,
        FILE,
        CONTENT,
        DELETE
    }

    private final Map<Verb, Deque<Runnable>> before = new EnumMap<>(Verb.class);
    private final Map<Verb, Deque<Runnable>> after = new EnumMap<>(Verb.class);
    private final Map<Verb, Kind> always = new EnumMap<>(Verb.class);
    private final List<Verb> calls = new ArrayList<>();

    public static ProviderException failure(Kind kind) {
        return new ProviderException(kind, "The fake says " + kind, null, null);
    }

    /** The next call fails without an effect. */
    public ScriptedCalls fail(Verb verb, Kind kind) {
        return before(verb, () -> {
            throw failure(kind);
        });
    }

    /** The next call fails after its effect. */
    public ScriptedCalls lose(Verb verb, Kind kind) {
        return after(verb, () -> {
            throw failure(kind);
        });
    }

    /** Every call fails, until it {@link #works}. */
    public ScriptedCalls failAlways(Verb verb, Kind kind) {
        always.put(verb, kind);
        return this;
    }

    public void works(Verb verb) {
        always.remove(verb);
    }

    /** Runs before the effect of a call, of the next one that has none yet. */
    public ScriptedCalls before(Verb verb, Runnable action) {
        before.computeIfAbsent(verb, any -> new ArrayDeque<>()).add(action);
        return this;
    }

    /** Runs after the effect of a call. */
    public ScriptedCalls after(Verb verb, Runnable action) {
        after.computeIfAbsent(verb, any -> new ArrayDeque<>()).add(action);
        return this;
    }

    private static void next(Map<Verb, Deque<Runnable>> script, Verb verb) {
        Runnable action = script.getOrDefault(verb, new ArrayDeque<>()).poll();
        if (action != null) {
            action.run();
        }
    }

    protected final <T> T call(Verb verb, Supplier<T> effect) {
        calls.add(verb);
        if (always.containsKey(verb)) {
            throw failure(always.get(verb));
        }
        next(before, verb);
        T result = effect.get();
        next(after, verb);
        return result;
    }

    public long count(Verb verb) {
        return calls.stream().filter(call -> call == verb).count();
    }

    /** How many calls there were. */
    public int count() {
        return calls.size();
    }
}
