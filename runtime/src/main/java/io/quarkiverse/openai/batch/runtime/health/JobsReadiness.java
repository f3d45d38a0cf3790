package io.quarkiverse.openai.batch.runtime.health;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.quarkiverse.openai.batch.runtime.app.ApplicationJobs;
import io.quarkiverse.openai.batch.runtime.app.JobsStatus;

/**
 * Whether the jobs of this process are run. It reads what is in memory and calls no provider. A process that stands by, and
 * jobs
 * that are paused, are no reason to be down: another process, or a person, takes care of them.
 */
@Readiness
@ApplicationScoped
public class JobsReadiness implements HealthCheck {

    private final ApplicationJobs jobs;

    JobsReadiness(ApplicationJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public HealthCheckResponse call() {
        JobsStatus status = jobs.status();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("OpenAI Batch jobs").status(status.up());
        status.details().forEach(response::withData);
        return response.build();
    }
}
