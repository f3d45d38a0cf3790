package io.quarkiverse.openai.batch.emulator.webhook;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

import io.quarkiverse.openai.batch.emulator.batch.Batch;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.SentWebhook;
import io.quarkiverse.openai.batch.emulator.control.WebhookFault;

/** The webhooks that wait to be sent, at most 10,000, and what became of the last 10,000 attempts. Thread-safe. */
public final class WebhookQueue {

    private static final Logger LOG = System.getLogger(WebhookQueue.class.getName());
    private static final int MAX = 10_000;
    private static final int GONE = 410;

    private final WebhookEndpoint endpoint;
    private final WebhookSecret forger = WebhookSecret.generate();
    private final InstantSource clock;
    private final double speed;
    private final Faults faults;
    private final Queue<Delivery> waiting = new PriorityQueue<>(Comparator.comparing(Delivery::due));
    private final Deque<SentWebhook> sent = new ArrayDeque<>();
    private boolean gone;

    /**
     * @param endpoint null if nobody wants webhooks
     * @param clock the emulator's
     * @param speed by which pauses are shortened
     */
    public WebhookQueue(WebhookEndpoint endpoint, InstantSource clock, double speed, Faults faults) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.speed = speed;
        this.faults = faults;
    }

    /** Where webhooks are sent, if anywhere. */
    public Optional<WebhookEndpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /** Takes in a batch that has ended. */
    public void ended(Batch batch) {
        if (endpoint == null) {
            return;
        }
        Instant now = clock.instant();
        WebhookEvent event = WebhookEvent.of(batch.id(), batch.status(), now);
        WebhookFault fault = faults.nextOfWebhook(event.type()).orElseGet(WebhookFault::new);
        for (int copy = 0; copy < fault.copies(); copy++) {
            add(new Delivery(event, now.plus(fault.delay()), speed, fault.isForged()));
        }
    }

    private synchronized void add(Delivery delivery) {
        if (gone) {
            return;
        }
        if (waiting.size() >= MAX) {
            LOG.log(Level.WARNING, "{0} webhooks wait already: {1} of {2} is not sent", MAX, delivery.event().type(),
                    delivery.event().batchId());
            return;
        }
        waiting.add(delivery);
    }

    /** Takes out what is due, at most so many. */
    synchronized List<Delivery> takeDue(int most) {
        Instant now = clock.instant();
        List<Delivery> due = new ArrayList<>();
        while (due.size() < most && !waiting.isEmpty() && !waiting.peek().due().isAfter(now)) {
            due.add(waiting.remove());
        }
        return due;
    }

    /** The header {@code webhook-signature} of an attempt. */
    String signature(Delivery delivery, String timestamp) {
        WebhookSecret secret = delivery.forged() ? forger : endpoint.secret();
        return secret.sign(delivery.event().id(), timestamp, delivery.event().body());
    }

    String timestamp() {
        return Long.toString(clock.instant().getEpochSecond());
    }

    /** @param status of the answer, or null if there was none */
    synchronized void attempted(Delivery delivery, Integer status) {
        WebhookEvent event = delivery.event();
        Instant now = clock.instant();
        sent.addLast(new SentWebhook(now, event.id(), event.type(), event.batchId(), status));
        if (sent.size() > MAX) {
            sent.removeFirst();
        }
        boolean taken = status != null && status >= 200 && status < 300;
        if (status != null && status == GONE) {
            gone = true;
            waiting.clear();
            LOG.log(Level.WARNING, "{0} answered 410: no more webhooks are sent", endpoint);
        } else if (!taken && delivery.repeatAfter(now)) {
            add(delivery);
        } else if (!taken && !delivery.forged()) {
            LOG.log(Level.WARNING, "{0} took no webhook {1} of {2}, and the last attempt was {3}: it is given up", endpoint,
                    event.type(), event.batchId(), status == null ? "not answered" : "answered " + status);
        }
    }

    /** The attempts so far, oldest first. */
    public synchronized List<SentWebhook> sent() {
        return List.copyOf(sent);
    }

    /** Forgets what waits and what was sent, and that a receiver is gone. */
    public synchronized void clear() {
        waiting.clear();
        sent.clear();
        gone = false;
    }
}
