package io.quarkiverse.openai.batch.runtime.app;

import java.lang.annotation.Annotation;
import java.util.List;

import jakarta.enterprise.event.Event;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.method.NamePattern;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;

/** Notifies the application's observers of jobs. */
final class JobEvents implements JobListener {

    private static final Logger LOG = Logger.getLogger(JobEvents.class);

    private final Event<Object> events;
    private final List<NamePattern> patterns;

    /**
     * @param patterns of the observers
     */
    JobEvents(Event<Object> events, List<String> patterns) {
        this.events = events;
        this.patterns = patterns.stream().map(NamePattern::new).toList();
    }

    @Override
    public void happened(String job, Object event) {
        Annotation[] qualifiers = patterns.stream().filter(pattern -> pattern.matches(job))
                .map(pattern -> JobName.Literal.of(pattern.text())).toArray(Annotation[]::new);
        Event<Object> selected = events.select(qualifiers);
        ManagedContext request = Arc.container().requestContext();
        boolean active = request.isActive();
        if (!active) {
            request.activate();
        }
        try {
            selected.fire(event);
        } finally {
            if (!active) {
                request.terminate();
            }
            selected.fireAsync(event).whenComplete((told, failure) -> {
                if (failure != null) {
                    LOG.warnf(failure, "An asynchronous observer of %s failed for job %s", event.getClass().getSimpleName(),
                            job);
                }
            });
        }
    }
}
