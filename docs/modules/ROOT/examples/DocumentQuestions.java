package org.acme;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;

@ApplicationScoped
public class DocumentQuestions {

    @Inject
    BatchJobs jobs;

    // tag::cache[]
    record Question(String document, String text) {

        String id() { // <1>
            return UUID.nameUUIDFromBytes((document + "\n" + text).getBytes(StandardCharsets.UTF_8)).toString();
        }
    }

    JobReport ask(String name, Supplier<Stream<Question>> questions, UnaryOperator<String> texts) {
        return jobs.submit(JobSpec.named(name).canary(2, 0.5) // <2>
                .requests(() -> questions.get().distinct() // <3>
                        .sorted(Comparator.comparing(Question::document)) // <4>
                        .map(question -> BatchRequest.of(question.id(), ChatBody.of("gpt-6-luna")
                                .system("Answer from this document:\n" + texts.apply(question.document()))
                                .user(question.text())))))
                .await();
    }
    // end::cache[]
}
