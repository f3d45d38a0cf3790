package io.quarkiverse.openai.batch.runtime.webhook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.WebhookEvent;
import io.quarkiverse.openai.batch.model.WireJson;
import io.quarkiverse.openai.batch.runtime.app.ApplicationJobs;
import io.quarkiverse.openai.batch.runtime.webhook.WebhookObserver.Fate;
import io.quarkiverse.openai.batch.webhook.WebhookReceived;

/**
 * What is done with calls that are signed: the look of their client is woken if they are of a batch of a job, and observers are
 * told. Of an event only the id is used, and only to compare it.
 */
@Singleton
public class Webhooks {

    private static final Logger LOG = Logger.getLogger(Webhooks.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

    private final ApplicationJobs jobs;
    private final Event<WebhookReceived> events;
    private final Instance<WebhookObserver> observers;
    private final InstantSource clock = InstantSource.system();
    private final RecentIds ids = new RecentIds();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<Instant> warned = new AtomicReference<>(Instant.EPOCH);

    Webhooks(ApplicationJobs jobs, Event<WebhookReceived> events, @Any Instance<WebhookObserver> observers) {
        this.jobs = jobs;
        this.events = events;
        this.observers = observers;
    }

    Instant now() {
        return clock.instant();
    }

    void count(Fate fate) {
        observers.forEach(observer -> observer.received(fate));
        if (fate == Fate.REFUSED) {
            warn(refused.incrementAndGet());
        }
    }

    /** A wrong secret looks like this, and so does a stranger. */
    private void warn(long total) {
        Instant before = warned.get();
        Instant now = now();
        if (before.plus(BETWEEN_WARNINGS).isBefore(now) && warned.compareAndSet(before, now)) {
            LOG.warnf("A call of the webhook was refused, %d since the start: no secret of webhook.secrets has signed it, its "
                    + "time is more than five minutes from that of this machine, or it is no call of a webhook", total);
        }
    }

    /** A call whose signature holds. */
    void accept(String client, String id, byte[] body) {
        if (!ids.add(client + " " + id)) {
            count(Fate.REPEATED);
            return;
        }
        count(Fate.ACCEPTED);
        WebhookEvent event = read(body);
        String subject = event.data() == null ? null : event.data().id();
        LOG.debugf("Webhook of client %s: %s of %s", client, SafeText.of(event.type(), 100), SafeText.of(subject, 100));
        if (event.type() != null && event.type().startsWith("batch.") && subject != null) {
            jobs.changed(client, subject);
        }
        fire(new WebhookReceived(client, id, event));
    }

    /** An event without any values, if it has none that can be read. */
    private static WebhookEvent read(byte[] body) {
        try {
            return WireJson.read(body, WebhookEvent.class);
        } catch (IOException noEvent) {
            return new WebhookEvent(null, null, null, null);
        }
    }

    private void fire(WebhookReceived received) {
        try {
            events.fire(received);
        } catch (RuntimeException e) {
            LOG.warn("An observer of a webhook failed", e);
        }
        events.fireAsync(received).exceptionally(failure -> {
            LOG.warn("An asynchronous observer of a webhook failed", failure);
            return null;
        });
    }
}
