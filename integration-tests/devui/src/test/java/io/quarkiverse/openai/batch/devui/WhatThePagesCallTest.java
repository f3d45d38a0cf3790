package io.quarkiverse.openai.batch.devui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.runtime.dev.BatchesJsonRpcService;
import io.quarkiverse.openai.batch.runtime.dev.FilesJsonRpcService;
import io.quarkiverse.openai.batch.runtime.dev.JobsJsonRpcService;
import io.quarkus.test.QuarkusDevModeTest;

/** What is called for one result; refusals are values, since Quarkus logs what is thrown. */
class WhatThePagesCallTest {

    private static final String PROMPT = "I am a secret prompt";
    private static final String KEY = "sk-hidden-0123456789";

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevApplication.with("""
            quarkus.openai-batch.api-key=%s
            quarkus.openai-batch.jobs.poll-interval.min=0.1S
            quarkus.openai-batch."other".base-url=http://localhost:1/v1
            quarkus.openai-batch."other".api-key=%s
            quarkus.openai-batch."other".retry.max-retries=0
            """.formatted(KEY, KEY), archive -> {
    });

    @RegisterExtension
    final JsonRpc connection = new JsonRpc();

    private JsonNode call(String method, Map<String, Object> parameters) {
        try {
            JsonNode answer = connection.call("quarkus-openai-batch_" + method, parameters);
            assertThat(answer.toString()).doesNotContain(KEY);
            assertThat(answer.has("error")).as("%s: %s", method, answer).isFalse();
            return answer.at("/result/object");
        } catch (Exception e) {
            throw new IllegalStateException(method, e);
        }
    }

    private String file(String name, String content) {
        String id = call("beginFile", Map.of("name", name)).get("id").asText();
        String slice = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
        assertThat(call("appendToFile", Map.of("id", id, "slice", slice)).get("done").asBoolean()).isTrue();
        return id;
    }

    private JsonNode check(String id) {
        return call("checkFile", Map.of("id", id, "client", "<default>"));
    }

    private JsonNode run(String id, String job, String model) {
        return call("runFile", Map.of("id", id, "job", job, "client", "<default>", "model", model));
    }

    private JsonNode finished(String job) {
        await("the job ends").atMost(Duration.ofSeconds(30))
                .until(() -> call("job", Map.of("name", job)).at("/job/state").asText().equals("FINISHED"));
        return call("job", Map.of("name", job));
    }

    @Test
    void aFileOfTextsIsCheckedRunAndShown() {
        String id = file("a few.csv", "id,text\none,\"" + PROMPT + ", you\"\ntwo,Hello\n");
        JsonNode check = check(id);
        assertThat(check.get("texts").asBoolean()).isTrue();
        assertThat(check.get("lines").asLong()).isEqualTo(2);
        assertThat(check.get("problems")).isEmpty();
        assertThat(run(id, "few", "").get("message").asText()).isEqualTo("Lines of texts need a model");
        assertThat(run(id, "few", "gpt-6-luna").get("message").asText()).isEqualTo("Job few is submitted");

        JsonNode job = finished("few");
        assertThat(job.at("/job/outcomes/SUCCEEDED").asInt()).isEqualTo(2);
        assertThat(job.at("/job/tokens").asInt()).isPositive();
        String batch = job.at("/batches/0/id").asText();
        assertThat(batch).startsWith("batch_");
        assertThat(job.at("/batches/0/lines").asInt()).isEqualTo(2);
        assertThat(call("jobs", Map.of()).findValuesAsText("name")).contains("few");
        JsonNode accounts = call("batches", Map.of());
        assertThat(accounts.at("/0/client").asText()).isEqualTo("<default>");
        assertThat(accounts.at("/0/batches").findValuesAsText("id")).contains(batch);
        assertThat(call("answers", Map.of("name", "few"))).hasSize(2)
                .allSatisfy(answer -> assertThat(answer.get("outcome").asText()).isEqualTo("SUCCEEDED"));
        assertThat(Stream.of(job, accounts, call("jobs", Map.of())).map(JsonNode::toString))
                .noneMatch(shown -> shown.contains(PROMPT));
    }

    @Test
    void theLinesOfABadFileAreNamedAndNothingIsRun() {
        String requests = """
                {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-6-luna","messages":[]}}
                {"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"gpt-6-luna","messages":[]}}
                nonsense
                """;
        String id = file("bad.jsonl", requests);
        assertThat(problems(id)).hasSize(2).anyMatch(problem -> problem.startsWith("line 2:"))
                .anyMatch(problem -> problem.startsWith("line 3:"));
        assertThat(run(id, "bad", "").get("done").asBoolean()).isFalse();
        assertThat(call("job", Map.of("name", "bad")).hasNonNull("job")).isFalse();
    }

    @Test
    void soAreThoseOfTexts() {
        assertThat(
                problems(file("texts.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"a\",\"text\":\"y\"}\n{\"id\":\"b\"}\n")))
                .hasSize(2).anyMatch(problem -> problem.startsWith("line 2:"))
                .anyMatch(problem -> problem.startsWith("line 3: no id or no text"));
        assertThat(problems(file("open.csv", "id,text\na,\"not closed\n"))).singleElement().asString().contains("not CSV");
        assertThat(problems(file("empty.csv", ""))).containsExactly("The file has no lines");
        assertThat(problems(file("columns.csv", "name,value\na,b\n"))).singleElement().asString().startsWith("line 2: no id");
    }

    private Stream<String> problems(String id) {
        return StreamSupport.stream(check(id).get("problems").spliterator(), false).map(JsonNode::asText);
    }

    @Test
    void whatCannotBeDoneIsAValue() {
        for (String method : new String[] { "pause", "resume", "cancel", "rerun", "redeliver" }) {
            JsonNode refused = call(method, Map.of("name", "nobody"));
            assertThat(refused.get("done").asBoolean()).as(method).isFalse();
            assertThat(refused.get("message").asText()).isEqualTo("There is no job of the name nobody");
        }
        assertThat(run("gone", "x", "m").get("message").asText()).startsWith("The file is gone");
        assertThat(check("gone").at("/problems/0").asText()).startsWith("The file is gone");
        assertThat(call("answers", Map.of("name", "nobody"))).isEmpty();
        JsonNode other = call("batches", Map.of()).get(1);
        assertThat(other.get("client").asText()).isEqualTo("other");
        assertThat(other.get("problem").asText()).contains("localhost:1");
    }

    @Test
    void theEmulatorIsShownAndMisbehaves() {
        JsonNode shown = call("emulator", Map.of());
        assertThat(shown.get("running").asBoolean()).isTrue();
        assertThat(shown.get("speed").asDouble()).isEqualTo(100);
        assertThat(call("emulatorSpeed", Map.of("speed", "50")).get("done").asBoolean()).isTrue();
        assertThat(call("emulatorSpeed", Map.of("speed", "fast")).get("done").asBoolean()).isFalse();
        assertThat(call("emulatorMisbehave", Map.of("name", "nonsense")).get("done").asBoolean()).isFalse();
        for (JsonNode one : shown.get("misbehaviours")) {
            assertThat(call("emulatorMisbehave", Map.of("name", one.get("name").asText())).get("done").asBoolean()).isTrue();
        }
        JsonNode misbehaving = call("emulator", Map.of());
        assertThat(misbehaving.get("speed").asDouble()).isEqualTo(50);
        assertThat(misbehaving.get("faults").findValuesAsText("label"))
                .containsExactlyInAnyOrderElementsOf(shown.get("misbehaviours").findValuesAsText("label"));
        assertThat(call("emulatorBehave", Map.of()).get("done").asBoolean()).isTrue();
        assertThat(call("emulatorSpeed", Map.of("speed", "100")).get("done").asBoolean()).isTrue();
        assertThat(call("emulator", Map.of()).get("faults")).isEmpty();
    }

    @Test
    void onlyTheseMethodsCanBeCalled() {
        assertThat(Stream.of(JobsJsonRpcService.class, BatchesJsonRpcService.class, FilesJsonRpcService.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers())).map(Method::getName))
                .containsExactlyInAnyOrder("jobs", "watchJobs", "job", "answers", "pause", "resume", "cancel", "rerun",
                        "redeliver", "batches", "clients", "beginFile", "appendToFile", "checkFile", "runFile", "discardFile");
    }

    @Test
    void anAssistantMayReadAndPauseUntilMoreIsSwitchedOn() throws Exception {
        connection.call("devmcp_enable", Map.of());
        JsonNode tools = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}").at("/result/tools");
        assertThat(new TreeSet<>(tools.findValuesAsText("name")).stream().filter(name -> name.contains("openai-batch")))
                .containsExactlyInAnyOrder("quarkus-openai-batch_jobs", "quarkus-openai-batch_job",
                        "quarkus-openai-batch_batches", "quarkus-openai-batch_pause");
        JsonNode refused = post("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":"
                + "\"quarkus-openai-batch_rerun\",\"arguments\":{\"name\":\"few\"}}}");
        assertThat(refused.at("/error/message").asText()).contains("not enabled");
    }

    private static JsonNode post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(DevApplication.URL + "/q/dev-mcp"))
                .header("Content-Type", "application/json").header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body)).build();
        return new ObjectMapper().readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    }
}
