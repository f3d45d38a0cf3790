package org.acme;

import java.nio.file.Path;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.DirectoryJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;

@ApplicationScoped
public class ToolJobs {

    // tag::open[]
    @Inject
    OpenAiBatch client; // <1>

    JobReport run(Path directory, JobSpec spec) {
        try (DirectoryJobs jobs = client.openJobs(directory)) { // <2>
            BatchJob job = jobs.submit(spec);
            jobs.start(); // <3>
            return job.await();
        }
    }

    void deleteFinished(Path directory, String names) {
        try (DirectoryJobs jobs = client.openJobs(directory)) {
            jobs.list(JobQuery.all().withStates(JobState.FINISHED).withName(names)).forEach(BatchJob::delete); // <4>
        }
    }
    // end::open[]
}
