package io.quarkiverse.openai.batch.runtime.webhook;

import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.webhook.WebhookObserver.Fate;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The route that providers call, if a client has a secret. A call is answered before anything is done, and whatever is wrong
 * with it, the answer is the same.
 */
@Singleton
public class WebhookRoute {

    private static final Logger LOG = Logger.getLogger(WebhookRoute.class);
    private static final int ACCEPTED = 200;
    private static final int REFUSED = 400;

    private final String path;
    private final SecretsOfClients secrets;
    private final Webhooks webhooks;

    WebhookRoute(OpenAiBatchRuntimeConfig config, Webhooks webhooks) {
        this.path = config.clients().get(ClientSettings.DEFAULT_NAME).webhook().path();
        this.secrets = SecretsOfClients.of(config);
        this.webhooks = webhooks;
    }

    void mount(@Observes Router router) {
        if (!secrets.isEmpty()) {
            router.post(path).handler(this::handle);
            LOG.infof("Webhooks of %s are received at %s", secrets.clients(), path);
        }
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<SignedHeaders> headers = isReadable(request)
                ? SignedHeaders.of(request.headers()::getAll, webhooks.now())
                : Optional.empty();
        if (headers.isEmpty()) {
            refuse(context);
            return;
        }
        BoundedBody.read(context, body -> judge(context, headers.get(), body), () -> refuse(context));
    }

    /** As it is signed, and not longer than it may be. */
    private static boolean isReadable(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.CONTENT_ENCODING) == null
                && (length == null || length.matches("\\d{1,6}") && Integer.parseInt(length) <= BoundedBody.MOST_BYTES);
    }

    private void judge(RoutingContext context, SignedHeaders headers, byte[] body) {
        Optional<String> client = secrets.signer(headers, body);
        if (client.isEmpty()) {
            refuse(context);
            return;
        }
        answer(context, ACCEPTED);
        context.vertx().executeBlocking(() -> {
            webhooks.accept(client.get(), headers.id(), body);
            return null;
        }, false);
    }

    /** What is not read of the body is not waited for. */
    private void refuse(RoutingContext context) {
        webhooks.count(Fate.REFUSED);
        if (context.request().isEnded()) {
            answer(context, REFUSED);
        } else {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            answer(context, REFUSED).onComplete(sent -> context.request().connection().close());
        }
    }

    private static Future<Void> answer(RoutingContext context, int status) {
        return context.response().ended() ? Future.succeededFuture()
                : context.response().setStatusCode(status).end();
    }
}
