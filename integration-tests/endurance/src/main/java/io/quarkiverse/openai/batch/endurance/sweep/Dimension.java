package io.quarkiverse.openai.batch.endurance.sweep;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What may happen to a run besides halts and the faults that every run has. */
public enum Dimension {
    /** The wall clock is set by an hour, while a process runs or between two. */
    CLOCK,
    /** A runner is closed while a handler is busy, and opened again before the handler returns. */
    CLOSE,
    /** A person pauses and resumes the job, anywhere. */
    PAUSE,
    /** A person cancels the job, anywhere. */
    CANCEL,
    /** The provider misbehaves as {@link Misbehaviour} says. */
    PROVIDER,
    /** Sources and handlers misbehave as {@code Misdeed} says. */
    USER_CODE,
    /** Each process has other limits, another base URL, and keeps results and files otherwise. */
    RESTART,
    /** A process has the key of another account. */
    ACCOUNT,
    /** A halt loses what was not forced to disk. */
    POWER,
    /** Answers are invalid for once, twice or always, and are asked for again up to twice. */
    INVALID,
    /** The listing lags longer than the settle time. Then nothing halts and no answer is lost, or a batch would be, too. */
    LAG;

    /** Those named, with commas between them. */
    public static Set<Dimension> parse(String text) {
        return Arrays.stream(text.split(",")).filter(name -> !name.isEmpty()).map(Dimension::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Dimension.class)));
    }
}
