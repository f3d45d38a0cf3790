package io.quarkiverse.openai.batch.runtime.app;

import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/** The jobs of a datasource, which processes share; in applications with a datasource. */
public interface SharedJobs {

    /**
     * Whether the jobs of the application are there.
     *
     * @throws io.quarkus.runtime.configuration.ConfigurationException if they should be and cannot
     */
    boolean isChosen();

    /** Whether the application uses jobs, so that it takes part in those of other processes from its start on. */
    boolean isUsed();

    /** Opens them, without starting them. */
    JobRunner open(Clients clients, JobMethods methods, JobListener listener, Traces traces);

    /** Where they are, for people. */
    String location();
}
