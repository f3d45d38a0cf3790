package io.quarkiverse.openai.batch.emulator.webhook;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/**
 * Sends what is due, at most 16 at once, until its Vert.x is closed. It looks at the batches itself: without webhooks they
 * stand still until a client asks.
 */
public final class WebhookSender {

    private static final int MAX_AT_ONCE = 16;
    private static final long TICK_MILLIS = 20;
    /** Longer than a receiver should take, who is to answer before it works. */
    private static final long ANSWER_SECONDS = 15;
    private static final String USER_AGENT = "OpenAI/1.0 (+https://platform.openai.com/docs/webhooks)";

    private final Vertx vertx;
    private final HttpClient client;
    private final WebhookQueue queue;
    private final Runnable catchUp;
    private boolean looking;
    private int underWay;

    private WebhookSender(Vertx vertx, WebhookQueue queue, Runnable catchUp) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(MAX_AT_ONCE).setKeepAlive(false));
        this.queue = queue;
        this.catchUp = catchUp;
    }

    /** @param catchUp brings the batches to the present; it may take some time */
    public static void start(Vertx vertx, WebhookQueue queue, Runnable catchUp) {
        WebhookSender sender = new WebhookSender(vertx, queue, catchUp);
        vertx.runOnContext(start -> vertx.setPeriodic(TICK_MILLIS, tick -> sender.look()));
    }

    private void look() {
        if (looking || underWay >= MAX_AT_ONCE) {
            return;
        }
        looking = true;
        int room = MAX_AT_ONCE - underWay;
        Callable<List<Delivery>> look = () -> {
            catchUp.run();
            return queue.takeDue(room);
        };
        vertx.executeBlocking(look, false).onSuccess(due -> due.forEach(this::send)).onComplete(looked -> looking = false);
    }

    private void send(Delivery delivery) {
        underWay++;
        request(delivery).onComplete(answer -> {
            underWay--;
            queue.attempted(delivery, answer.result());
        });
    }

    private Future<Integer> request(Delivery delivery) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST)
                .setAbsoluteURI(queue.endpoint().orElseThrow().url().toString())
                .setConnectTimeout(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
        return client.request(options).compose(request -> answer(request, delivery));
    }

    private Future<Integer> answer(HttpClientRequest request, Delivery delivery) {
        String timestamp = queue.timestamp();
        request.putHeader("content-type", "application/json");
        request.putHeader("user-agent", USER_AGENT);
        request.putHeader("webhook-id", delivery.event().id());
        request.putHeader("webhook-timestamp", timestamp);
        request.putHeader("webhook-signature", queue.signature(delivery, timestamp));
        return request.send(Buffer.buffer(delivery.event().body()))
                // The status is the answer; a body without end is not waited for.
                .compose(response -> response.end().timeout(ANSWER_SECONDS, TimeUnit.SECONDS).otherwiseEmpty()
                        .map(end -> response.statusCode()))
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .onComplete(answered -> request.reset());
    }
}
