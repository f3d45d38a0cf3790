package io.quarkiverse.openai.batch.job;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Selects jobs to {@linkplain BatchJobs#list list}, the oldest first; jobs submitted at the same time are ordered by name.
 * Immutable.
 *
 * <pre>{@code
 * List<BatchJob> paused = jobs.list(JobQuery.all().withStates(JobState.PAUSED).withName("reviews-*").withPage(0, 50));
 * }</pre>
 */
public final class JobQuery {

    private static final JobQuery ALL = new JobQuery(EnumSet.allOf(JobState.class), "*", 0, Integer.MAX_VALUE);

    private final Set<JobState> states;
    private final String name;
    private final int page;
    private final int pageSize;

    private JobQuery(Set<JobState> states, String name, int page, int pageSize) {
        this.states = Set.copyOf(states);
        this.name = name;
        this.page = page;
        this.pageSize = pageSize;
    }

    /** All jobs, on one page. */
    public static JobQuery all() {
        return ALL;
    }

    /** Jobs in one of these states. */
    public JobQuery withStates(JobState first, JobState... others) {
        return new JobQuery(EnumSet.of(first, others), name, page, pageSize);
    }

    /**
     * Jobs with this name.
     *
     * @param pattern a name, or a pattern with {@code *} for any characters, as in {@link BatchSource}
     */
    public JobQuery withName(String pattern) {
        return new JobQuery(states, Objects.requireNonNull(pattern, "pattern"), page, pageSize);
    }

    /**
     * One page of the jobs. New jobs come at the end, so they do not move the others to another page.
     *
     * @param number of the page, counted from 0
     * @param size number of jobs a page
     * @throws IllegalArgumentException if the number is less than 0 or the size less than 1
     */
    public JobQuery withPage(int number, int size) {
        if (number < 0 || size < 1) {
            throw new IllegalArgumentException("A page needs a number of 0 or more and a size of 1 or more, but has %d and %d"
                    .formatted(number, size));
        }
        return new JobQuery(states, name, number, size);
    }

    public Set<JobState> states() {
        return states;
    }

    /** The pattern; {@code *} for all names. */
    public String name() {
        return name;
    }

    /** Number of the page, counted from 0. */
    public int page() {
        return page;
    }

    /** Number of jobs a page. */
    public int pageSize() {
        return pageSize;
    }
}
