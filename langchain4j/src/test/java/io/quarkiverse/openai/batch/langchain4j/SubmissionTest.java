package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobState;
import io.smallrye.mutiny.Multi;

/** A submission that fails leaves no job; one that was stored is never withdrawn. */
class SubmissionTest {

    private static final String[] WITHDRAWN = { "cancel", "await", "delete" };

    private final List<String> calls = new ArrayList<>();
    private String failing;

    private static JobProgress progress(JobState state, boolean spooled) {
        return new JobProgress(state, 1, spooled, 0, 0, 0, 1, 0, 0, null, null);
    }

    private BatchJob job(Multi<JobProgress> progress, JobProgress now) {
        return (BatchJob) Proxy.newProxyInstance(BatchJob.class.getClassLoader(), new Class<?>[] { BatchJob.class },
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "name" -> "langchain4j-chat-1";
                    case "progress" -> progress;
                    case "progressNow" -> now;
                    default -> {
                        calls.add(method.getName());
                        if (method.getName().equals(failing)) {
                            throw new IllegalStateException("outage");
                        }
                        yield null;
                    }
                });
    }

    @Test
    void waitsUntilAllLinesAreStored() {
        Submission.await(job(Multi.createFrom().items(progress(JobState.RUNNING, false), progress(JobState.RUNNING, true)),
                null));
        assertThat(calls).isEmpty();
    }

    @Test
    void acceptsAJobThatHasEndedAlready() {
        Submission.await(job(Multi.createFrom().items(progress(JobState.FINISHED, true)), null));
        assertThat(calls).isEmpty();
    }

    @Test
    void acceptsAJobThatWasPausedOnceItWasStored() {
        Submission.await(job(Multi.createFrom().items(progress(JobState.PAUSED, true)), null));
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "PAUSED, false, paused", "CANCELLING, false, cancelled", "CANCELLED, true, cancelled",
            "RUNNING, false, closed" })
    void withdrawsAJobThatIsStoppedBeforeItIsStored(JobState state, boolean spooled, String why) {
        BatchJob job = job(Multi.createFrom().items(progress(state, spooled)), null);
        assertThatThrownBy(() -> Submission.await(job)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("langchain4j-chat-1").hasMessageContaining(why);
        assertThat(calls).containsExactly(WITHDRAWN);
    }

    @Test
    void withdrawsTheJobOfAnInterruptedThread() {
        BatchJob job = job(Multi.createFrom().nothing(), progress(JobState.RUNNING, false));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Submission.await(job)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).containsExactly(WITHDRAWN);
    }

    @Test
    void keepsTheJobOfAnInterruptedThreadIfItIsStored() {
        BatchJob job = job(Multi.createFrom().nothing(), progress(JobState.RUNNING, true));
        Thread.currentThread().interrupt();
        assertThatCode(() -> Submission.await(job)).doesNotThrowAnyException();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).isEmpty();
    }

    @Test
    void saysThatAJobMayContinueIfItCannotBeWithdrawn() {
        failing = "cancel";
        BatchJob job = job(Multi.createFrom().failure(new IllegalStateException("outage")), null);
        assertThatThrownBy(() -> Submission.await(job)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("langchain4j-chat-1").hasMessageContaining("may be sent all the same");
    }

    @Test
    void tellsWhyTheProgressCannotBeRead() {
        BatchJob job = job(Multi.createFrom().failure(new IllegalStateException("disk full")), null);
        assertThatThrownBy(() -> Submission.await(job)).isInstanceOf(IllegalStateException.class)
                .hasMessage("Batch \"langchain4j-chat-1\" is not submitted: disk full");
        assertThat(calls).containsExactly(WITHDRAWN);
    }
}
