package io.quarkiverse.openai.batch.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.Receiver.Received;
import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.SentWebhook;
import io.quarkiverse.openai.batch.emulator.control.WebhookFault;
import io.quarkiverse.openai.batch.emulator.webhook.WebhookSecret;

@Timeout(60)
class WebhooksTest {

    private static final String SECRET = "whsec_RdvaYFYUXuIFuEbvZHwMfYFhUf7aMYjYcmM24+Aj40c=";
    private static final int NO_ANSWER = 0;

    private Receiver receiver = new Receiver();
    private Emulator emulator;
    private Client client;

    @AfterEach
    void close() {
        emulator.close();
        receiver.close();
    }

    @Test
    void aCompletedBatchIsToldWithoutAnybodyLooking() {
        start();
        String batch = client.createChatBatch(Client.chatLines(3));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        Received received = received(1).get(0);

        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.target()).isEqualTo("/hook?tenant=7");
        assertThat(received.header("content-type")).isEqualTo("application/json");
        assertThat(received.header("user-agent")).isEqualTo("OpenAI/1.0 (+https://platform.openai.com/docs/webhooks)");
        assertThat(received.header("webhook-id")).matches("wh_[0-9a-f]{32}");
        assertThat(received.header("webhook-timestamp"))
                .isEqualTo(Long.toString(Emulators.START.plus(Emulators.LONG_ENOUGH).getEpochSecond()));
        assertThat(received.headers()).doesNotContainKey("Authorization");
        assertThat(signed(received)).isTrue();
        JsonNode event = received.json();
        assertThat(event.get("id").asText()).matches("evt_[0-9a-f]{32}")
                .isNotEqualTo(received.header("webhook-id").replace("wh_", "evt_"));
        assertThat(event.get("object").asText()).isEqualTo("event");
        assertThat(event.get("created_at").asLong()).isEqualTo(Long.parseLong(received.header("webhook-timestamp")));
        assertThat(event.get("type").asText()).isEqualTo("batch.completed");
        assertThat(event.get("data")).isEqualTo(Client.json("{\"id\":\"" + batch + "\"}"));
        assertThat(event).hasSize(5);
    }

    @Test
    void eachEndHasItsEventOnce() {
        start();
        emulator.faults().add(new BatchFault().failure(new BatchFailure("c", "m", null, null)));
        emulator.faults().add(new BatchFault().stopAfter(0, BatchFault.Stop.EXPIRE));
        emulator.faults().add(new BatchFault().stopAfter(0, BatchFault.Stop.HANG));
        client.createChatBatch(Client.chatLines(1));
        client.createChatBatch(Client.chatLines(1));
        String hanging = client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        client.post("/batches/" + hanging + "/cancel", "");
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        client.get("/batches");

        assertThat(received(3)).extracting(received -> received.json().get("type").asText())
                .containsExactlyInAnyOrder("batch.failed", "batch.expired", "batch.cancelled");
    }

    @Test
    void whatIsNotTakenComesAgainWithGrowingPausesAndTheSameId() {
        start(500, NO_ANSWER, 302, 200);
        client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        for (int attempt = 1; attempt <= 3; attempt++) {
            int sent = attempt;
            await(() -> emulator.webhooks().size() == sent);
            emulator.clock().advance(Duration.ofSeconds(5L << attempt - 1));
        }

        List<Received> received = received(4);
        assertThat(received).extracting(each -> each.header("webhook-id")).containsOnly(received.get(0).header("webhook-id"));
        assertThat(received).extracting(Received::body).containsOnly(received.get(0).body());
        assertThat(received).extracting(each -> each.header("webhook-timestamp")).doesNotHaveDuplicates();
        assertThat(received).allMatch(WebhooksTest::signed);
        await(() -> emulator.webhooks().size() == 4);
        assertThat(emulator.webhooks()).extracting(SentWebhook::status).containsExactly(500, null, 302, 200);
    }

    @Test
    void aReceiverThatIsGoneIsToldNothingMoreUntilAReset() {
        start(410);
        client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        await(() -> emulator.webhooks().size() == 1);
        client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(emulator.batches().get(0).get("status").asText()).isEqualTo("completed");
        emulator.reset();
        String third = client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);

        assertThat(received(2).get(1).json().at("/data/id").asText()).isEqualTo(third);
    }

    @Test
    void aWebhookCanBeLateDoubledLostOrForged() {
        start();
        emulator.faults().add(new WebhookFault().lost());
        emulator.faults().add(new WebhookFault().type("batch.failed").forged());
        emulator.faults().add(new WebhookFault().type("batch.completed").delay(Duration.ofMinutes(10)).doubled());
        client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        await(() -> emulator.faults().webhookFaults().get(0).happened() == 1);
        client.createBatch(client.upload("no line"), "/v1/chat/completions");
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        assertThat(received(1)).noneMatch(WebhooksTest::signed);
        client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        await(() -> emulator.faults().webhookFaults().get(2).happened() == 1);
        assertThat(receiver.received()).hasSize(1);
        emulator.clock().advance(Duration.ofMinutes(10));

        List<Received> received = received(3);
        assertThat(received.subList(1, 3)).allMatch(WebhooksTest::signed)
                .extracting(each -> each.header("webhook-id")).containsOnly(received.get(1).header("webhook-id"));
    }

    @Test
    void theSameIsToldOverHttp() {
        start(500);
        assertThat(control("POST", "webhook-faults", """
                {"type":"batch.completed","delay":"PT1M","doubled":true,"times":0}""").has("id")).isTrue();
        assertThat(control("POST", "webhook-faults", "{\"lost\":true,\"forged\":true}").has("error")).isTrue();
        client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        await(() -> emulator.faults().webhookFaults().get(0).happened() == 1);
        emulator.clock().advance(Duration.ofMinutes(1));
        received(2);
        await(() -> emulator.webhooks().size() == 2);

        JsonNode sent = control("GET", "webhooks", "").get("data");
        assertThat(sent).extracting(each -> each.get("status").asInt()).containsExactlyInAnyOrder(500, 200);
        assertThat(sent.get(0).get("type").asText()).isEqualTo("batch.completed");
        assertThat(control("GET", "faults", "").get("webhookFaults").toString()).contains("PT1M");
        control("POST", "reset", "");
        assertThat(emulator.webhooks()).isEmpty();
        assertThat(emulator.faults().webhookFaults()).isEmpty();
    }

    @Test
    void aThousandEndsAtOnceAreToldByFewThreads() {
        start();
        String file = client.upload(Client.chatLines(1));
        for (int count = 0; count < 1_000; count++) {
            client.createBatch(file, "/v1/chat/completions");
        }
        int threads = Thread.activeCount();
        emulator.clock().advance(Emulators.LONG_ENOUGH);

        assertThat(received(1_000)).extracting(each -> each.header("webhook-id")).doesNotHaveDuplicates();
        assertThat(Thread.activeCount()).isLessThan(threads + 25);
    }

    @Test
    void aClosedEmulatorSendsNothingMore() {
        start(500);
        client.createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);
        await(() -> emulator.webhooks().size() == 1);
        Emulator closed = emulator;
        closed.close();
        closed.clock().advance(Duration.ofDays(1));
        emulator = Emulator.start(options().build());
        String other = new Client(emulator).createChatBatch(Client.chatLines(1));
        emulator.clock().advance(Emulators.LONG_ENOUGH);

        assertThat(received(2).get(1).json().at("/data/id").asText()).isEqualTo(other);
    }

    private void start(int... answers) {
        receiver.close();
        receiver = new Receiver(answers);
        emulator = Emulator.start(options().build());
        client = new Client(emulator);
    }

    private EmulatorOptions.Builder options() {
        return Emulators.options().speed(1).webhook(receiver.url()).webhookSecret(SECRET);
    }

    private List<Received> received(int count) {
        await(() -> receiver.received().size() >= count);
        assertThat(receiver.received()).hasSize(count);
        return receiver.received();
    }

    private JsonNode control(String method, String path, String body) {
        return Client.json(client.send(HttpRequest.newBuilder(emulator.baseUrl().resolve("/control/" + path))
                .header("X-Control-Token", emulator.controlToken()).method(method, BodyPublishers.ofString(body))));
    }

    private static boolean signed(Received received) {
        return received.header("webhook-signature").equals(WebhookSecret.of(SECRET).sign(received.header("webhook-id"),
                received.header("webhook-timestamp"), received.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(30)).until(condition::getAsBoolean);
    }
}
