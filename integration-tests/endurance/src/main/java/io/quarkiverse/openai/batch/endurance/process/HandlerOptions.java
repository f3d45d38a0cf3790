package io.quarkiverse.openai.batch.endurance.process;

import java.util.List;

/**
 * The behaviour of a process's handler, passed to it as system properties.
 *
 * @param takesLists whether it takes results in lists
 * @param haltAt the point at which it halts the process, two for each line: before and after it is handled; 0 for none
 */
public record HandlerOptions(boolean takesLists, int haltAt) {

    static final HandlerOptions USUAL = new HandlerOptions(false, 0);

    private static final String TAKES_LISTS = "endurance.handler.takesLists";
    private static final String HALT_AT = "endurance.handler.haltAt";

    static HandlerOptions ofSystemProperties() {
        return new HandlerOptions(Boolean.getBoolean(TAKES_LISTS), Integer.getInteger(HALT_AT));
    }

    /** As options of a JVM. */
    List<String> asOptions() {
        return List.of("-D" + TAKES_LISTS + "=" + takesLists, "-D" + HALT_AT + "=" + haltAt);
    }
}
