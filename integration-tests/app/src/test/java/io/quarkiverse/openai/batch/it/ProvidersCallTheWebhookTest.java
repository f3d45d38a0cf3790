package io.quarkiverse.openai.batch.it;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.webhook.WebhookReceived;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** The webhook of a running application, called as a provider and as a stranger would. */
@QuarkusTest
@TestProfile(ProvidersCallTheWebhookTest.WithSecrets.class)
class ProvidersCallTheWebhookTest {

    private static final String PATH = "/openai-batch/webhook";
    private static final String OLD = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEW = "a secret that is plain text";
    private static final String OF_OTHER = "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c=";
    private static final int FORGED = Integer.getInteger("forged", 5_000);

    public static class WithSecrets implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OwnJobs.class, Map.of("poll", "1H")));
        }

        /** A resource of a class is one of all classes: that of the others would set another interval. */
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            // a span of each call would stay in memory
            return Map.of("quarkus.otel.sdk.disabled", "true",
                    "quarkus.openai-batch.webhook.secrets", OLD + "," + NEW,
                    "quarkus.openai-batch.\"other\".base-url", "http://localhost:1/v1",
                    "quarkus.openai-batch.\"other\".webhook.secrets", OF_OTHER,
                    "quarkus.http.auth.permission.all.paths", "/*",
                    "quarkus.http.auth.permission.all.policy", "deny",
                    "quarkus.http.auth.permission.test.paths", "/reviews/*,/batches/*,/q/*",
                    "quarkus.http.auth.permission.test.policy", "permit");
        }
    }

    @ApplicationScoped
    public static class Events {

        private final Queue<WebhookReceived> received = new ConcurrentLinkedQueue<>();

        void receive(@Observes WebhookReceived event) {
            received.add(event);
        }

        List<WebhookReceived> received() {
            return List.copyOf(received);
        }
    }

    @Inject
    BatchJobs jobs;
    @Inject
    Events events;

    @Test
    void andAJobIsFinishedAnHourBeforeItsBatchIsLookedAt() {
        given().contentType("application/json").body(List.of(new Review("told-1", "I like it"))).when()
                .post("/reviews/jobs/reviews-told").then().statusCode(200);
        String batch = await("its batch is created").atMost(Duration.ofMinutes(1)).until(
                () -> when().get("/reviews/jobs/reviews-told").path("batches[0].id"), id -> id != null);
        await("its batch ends").atMost(Duration.ofMinutes(1))
                .until(() -> when().get("/batches/" + batch).path("status").equals("completed"));
        assertThat(when().get("/reviews/jobs/reviews-told").<String> path("state")).isEqualTo("RUNNING");

        assertThat(call(NEW, event(batch))).isEqualTo(200);

        await("the job ends").atMost(Duration.ofMinutes(1))
                .until(() -> when().get("/reviews/jobs/reviews-told/finished").asString().equals("true"));
        assertThat(events.received()).anySatisfy(event -> {
            assertThat(event.client()).isEqualTo("<default>");
            assertThat(event.event().type()).isEqualTo("batch.completed");
            assertThat(event.event().data().id()).isEqualTo(batch);
        });
    }

    @Test
    void withAnyOfTheirSecretsAndOnceHoweverOftenTheyCall() {
        String id = "wh_" + UUID.randomUUID();
        double repeated = counted("repeated");

        assertThat(call(OLD, id, event("batch_unknown"))).isEqualTo(200);
        assertThat(call(NEW, id, event("batch_unknown"))).isEqualTo(200);
        assertThat(call(OF_OTHER, id, event("batch_unknown"))).isEqualTo(200);

        await("all are handled").untilAsserted(() -> assertThat(events.received()).filteredOn(event -> event.id().equals(id))
                .extracting(WebhookReceived::client).containsExactlyInAnyOrder("<default>", "other"));
        await("the second one is counted").until(() -> counted("repeated") == repeated + 1);
    }

    @Test
    void whateverTheEventIs() {
        String id = "wh_" + UUID.randomUUID();
        String deep = "{\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"type\":\"x\"}";
        for (String body : List.of("{\"type\":\"response.completed\",\"data\":{\"id\":\"resp_1\"}}",
                "{\"type\":[7],\"data\":7}",
                "[]", "null", "no JSON", "", deep)) {
            assertThat(call(OLD, id + body.length(), body)).as(body.substring(0, Math.min(50, body.length()))).isEqualTo(200);
        }
        await("all are fired").untilAsserted(() -> assertThat(events.received())
                .filteredOn(event -> event.id().startsWith(id)).hasSize(7));
    }

    @Test
    void andEveryRefusalIsTheSame() throws Exception {
        String body = event("batch_1");
        String id = "wh_1";
        String now = Long.toString(Instant.now().getEpochSecond());
        String right = headers(id, now, signature(OLD, id, now, body));
        List<String> refused = List.of(
                post(right, body + " "),
                post("", body),
                post(right + "webhook-id: " + id + "\r\n", body),
                post(headers(id, now, signature("another secret", id, now, body)), body),
                post(headers(id, now, signature(OLD, id, now, body).replace("v1", "v2")), body),
                post(headers(id, "1", signature(OLD, id, "1", body)), body),
                post(right + "Content-Encoding: gzip\r\n", body),
                send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\n" + right + "Content-Length: 262145\r\n\r\n"),
                send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\n" + right + "Transfer-Encoding: chunked\r\n\r\n"
                        + ("1000\r\n" + "x".repeat(0x1000) + "\r\n").repeat(100)));

        assertThat(refused).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n")
                .contains("content-length: 0").endsWith("\r\n\r\n"));
        // the application's own limit comes first
        assertThat(send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\n" + right + "Content-Length: 1073741824\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(post(right, body)).startsWith("HTTP/1.1 200 OK\r\n");
        given().when().get(PATH).then().statusCode(404);
        given().when().get("/openai-batch/other").then().statusCode(anyOf(is(401), is(403)));
    }

    /** A body that comes too slowly is not waited for. */
    @Test
    void butNotSlowly() throws Exception {
        String now = Long.toString(Instant.now().getEpochSecond());
        String answer = send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\n"
                + headers("wh_1", now, signature(OLD, "wh_1", now, "{}")) + "Content-Length: 2\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n");
    }

    @Test
    void andForgedCallsCostNothingButACount() throws Exception {
        double before = counted("refused");
        int fired = events.received().size();
        String now = Long.toString(Instant.now().getEpochSecond());
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest forged = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + PATH))
                .header("webhook-id", "wh_1").header("webhook-timestamp", now)
                .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(new byte[32]))
                .POST(HttpRequest.BodyPublishers.ofString(event("batch_1"))).build();

        int rows = jobs.list(JobQuery.all()).size();
        long heap = heap();
        long start = System.nanoTime();
        for (int call = 0; call < FORGED; call++) {
            assertThat(client.send(forged, HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(400);
        }
        System.out.printf("%,d forged calls a second%n", (long) (FORGED / ((System.nanoTime() - start) / 1e9)));

        assertThat(counted("refused") - before).isEqualTo(FORGED);
        assertThat(events.received()).hasSize(fired);
        assertThat(jobs.list(JobQuery.all())).hasSize(rows);
        assertThat(heap() - heap).as("bytes more than before").isLessThan(5_000_000);
    }

    /** In bytes, without what is garbage. */
    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static double counted(String fate) {
        Pattern meter = Pattern.compile("openai_batch_webhook_calls_total\\{fate=\"" + fate + "\"} ([0-9.E]+)");
        return meter.matcher(when().get("/q/metrics").asString()).results()
                .mapToDouble(found -> Double.parseDouble(found.group(1))).sum();
    }

    private static String event(String batch) {
        return "{\"id\":\"evt_1\",\"object\":\"event\",\"created_at\":1750861210,\"type\":\"batch.completed\",\"data\":{\"id\":\""
                + batch + "\"}}";
    }

    private static int call(String secret, String body) {
        return call(secret, "wh_" + UUID.randomUUID(), body);
    }

    private static int call(String secret, String id, String body) {
        String now = Long.toString(Instant.now().getEpochSecond());
        return given().header("webhook-id", id).header("webhook-timestamp", now)
                .header("webhook-signature", signature(secret, id, now, body)).contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8)).when().post(PATH).statusCode();
    }

    /** As Standard Webhooks says it. */
    private static String signature(String secret, String id, String timestamp, String body) {
        try {
            byte[] key = secret.startsWith("whsec_") ? Base64.getDecoder().decode(secret.substring(6))
                    : secret.getBytes(StandardCharsets.UTF_8);
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(
                    mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String headers(String id, String timestamp, String signature) {
        return "webhook-id: " + id + "\r\nwebhook-timestamp: " + timestamp + "\r\nwebhook-signature: " + signature + "\r\n";
    }

    private static String post(String headers, String body) throws IOException {
        return send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n" + headers + "\r\n" + body);
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    /** A request as it is, and the answer to its end. */
    private static String send(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (SocketException refusedMeanwhile) {
                // the answer is there all the same
            }
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] read = new byte[1024];
            try {
                for (int n = in.read(read); n > 0; n = in.read(read)) {
                    answer.append(new String(read, 0, n, StandardCharsets.US_ASCII));
                }
            } catch (SocketException resetAfterTheAnswer) {
                // as it was not read to its end
            }
            return answer.toString();
        }
    }
}
