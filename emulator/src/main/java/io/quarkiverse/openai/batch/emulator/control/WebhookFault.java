package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;

/** A misbehaviour of a webhook. Without anything else said, the webhook is sent as it should be. */
public final class WebhookFault extends Fault<WebhookFault> {

    private String type;
    private Duration delay;
    private boolean doubled;
    private boolean lost;
    private boolean forged;

    @Override
    WebhookFault self() {
        return this;
    }

    /** Only events of this type, such as {@code batch.completed}. Default: of any. */
    public WebhookFault type(String type) {
        this.type = type;
        return this;
    }

    /** It is sent late: so long after its time, by the emulator's clock. Default: at once. */
    public WebhookFault delay(Duration delay) {
        this.delay = delay;
        return this;
    }

    /** It is sent twice, with the same {@code webhook-id}. */
    public WebhookFault doubled() {
        this.doubled = true;
        return this;
    }

    /** It is never sent. */
    public WebhookFault lost() {
        this.lost = true;
        return this;
    }

    /** It is sent with a signature by another secret, once: what is refused is not repeated. */
    public WebhookFault forged() {
        this.forged = true;
        return this;
    }

    @Override
    void check() {
        super.check();
        require(delay == null || !delay.isNegative(), "delay must not be negative");
        require(!lost || delay == null && !doubled && !forged, "What is lost is neither late, doubled nor forged");
    }

    boolean matches(String actual) {
        return type == null || type.equals(actual);
    }

    /** How late it is. */
    public Duration delay() {
        return delay == null ? Duration.ZERO : delay;
    }

    /** How often it is sent. */
    public int copies() {
        return lost ? 0 : doubled ? 2 : 1;
    }

    public boolean isForged() {
        return forged;
    }
}
