package org.acme;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobReport;

@ApplicationScoped
public class Summaries {

    // tag::chats[]
    @Inject
    BatchChatModel chats;

    String submit(List<String> texts) {
        List<ChatRequest> requests = texts.stream().map(text -> ChatRequest.builder()
                .messages(SystemMessage.from("Summarize in one sentence."), UserMessage.from(text)).build()).toList();
        return chats.submit(new BatchRequest<>(requests)).batchId(); // <1>
    }

    List<String> summaries(String batchId) {
        BatchResponse<ChatResponse> batch = chats.retrieve(batchId); // <2>
        return batch.results().stream().map(this::summary).toList(); // <3>
    }

    private String summary(BatchItemResult<ChatResponse> result) {
        return result.isSuccess() ? result.response().aiMessage().text() : "failed: " + result.error().message();
    }
    // end::chats[]

    // tag::job[]
    @Inject
    BatchJobs jobs;

    JobReport report(String batchId) {
        return jobs.find(batchId).orElseThrow().report();
    }
    // end::job[]
}
