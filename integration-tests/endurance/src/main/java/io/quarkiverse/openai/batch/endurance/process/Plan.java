package io.quarkiverse.openai.batch.endurance.process;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happens to a process at its effects. It is passed as text, such as {@code 12:PAUSE,40:HALT}.
 *
 * @param steps in any order
 */
public record Plan(List<Step> steps) {

    public static final Plan NONE = new Plan(List.of());

    private static final String SEPARATOR = ",";

    /** What happens. */
    public enum Action {
        /** The process halts, as at a failure of power or of the machine. */
        HALT,
        /** A person pauses the job, and resumes it at once. */
        PAUSE,
        /** A person cancels the job. */
        CANCEL,
        /** The wall clock is set an hour forward. */
        FORWARD,
        /** The wall clock is set an hour back. */
        BACK
    }

    /**
     * @param point counted from 1, two for each effect: before and after it
     */
    public record Step(int point, Action action) {

        @Override
        public String toString() {
            return point + ":" + action;
        }
    }

    public static Plan of(int point, Action action) {
        return new Plan(List.of(new Step(point, action)));
    }

    /** With one thing more. */
    public Plan and(int point, Action action) {
        return new Plan(Stream.concat(steps.stream(), Stream.of(new Step(point, action)))
                .toList());
    }

    static Plan parse(String text) {
        return text.isEmpty() ? NONE
                : new Plan(Arrays.stream(text.split(SEPARATOR)).map(step -> step.split(":"))
                        .map(step -> new Step(Integer.parseInt(step[0]), Action.valueOf(step[1]))).toList());
    }

    List<Action> at(int point) {
        return steps.stream().filter(step -> step.point == point).map(Step::action).toList();
    }

    @Override
    public String toString() {
        return steps.stream().map(Step::toString).collect(Collectors.joining(SEPARATOR));
    }
}
