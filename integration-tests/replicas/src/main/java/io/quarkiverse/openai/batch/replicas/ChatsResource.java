package io.quarkiverse.openai.batch.replicas;

import java.util.List;
import java.util.stream.IntStream;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/** What the test asks of the batches of LangChain4j. */
@Path("/chats")
public class ChatsResource {

    private final BatchChatModel chats;

    ChatsResource(BatchChatModel chats) {
        this.chats = chats;
    }

    /** A batch with the texts of its answers, and the number of its errors. */
    public record Chats(String state, List<String> texts, int errors) {
    }

    @POST
    public String submit(@QueryParam("requests") int requests) {
        return chats.submit(new BatchRequest<>(IntStream.range(0, requests).mapToObj(n -> ChatRequest.builder()
                .modelName("gpt-6-luna").messages(UserMessage.from("Number " + n)).build()).toList())).batchId();
    }

    @GET
    public List<String> list() {
        return chats.list(null).batches().stream().map(BatchResponse::batchId).toList();
    }

    @GET
    @Path("/{id}")
    public Chats retrieve(@PathParam("id") String id) {
        BatchResponse<ChatResponse> batch = chats.retrieve(id);
        return new Chats(batch.state().name(), batch.responses().stream().map(answer -> answer.aiMessage().text()).toList(),
                batch.errors().size());
    }

    @DELETE
    @Path("/{id}")
    public void cancel(@PathParam("id") String id) {
        chats.cancel(id);
    }
}
