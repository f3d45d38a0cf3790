package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A misbehaviour towards one request: what happens to its effect, and what the client gets to see. Without anything else said,
 * a request whose answer is replaced ({@link #status}, {@link #notFound}) or withheld ({@link #connection}) has no effect.
 */
public final class RequestFault extends Fault<RequestFault> {

    /** When a request does what it asks for. */
    public enum Effect {
        /** Never. */
        @JsonProperty("none")
        NONE,
        /** Before the answer. */
        @JsonProperty("now")
        NOW,
        /** After the answer, see {@link RequestFault#effectDelay}. */
        @JsonProperty("later")
        LATER
    }

    /** Which clock a delay goes by. */
    public enum EffectClock {
        /** The emulator's, which {@code advance} moves. */
        @JsonProperty("emulator")
        EMULATOR,
        /** The machine's. */
        @JsonProperty("system")
        SYSTEM
    }

    /** How a connection ends without an answer. */
    public enum Connection {
        /** TCP reset. */
        @JsonProperty("reset")
        RESET,
        /** Orderly close. */
        @JsonProperty("close")
        CLOSE
    }

    private Operation operation;
    private String id;
    private Duration delay;
    private Duration answerDelay;
    private boolean readBody = true;
    private Integer status;
    private Map<String, String> headers = new LinkedHashMap<>();
    private JsonNode body;
    private boolean notFound;
    private Connection connection;
    private Effect effect;
    private Duration effectDelay;
    private EffectClock effectClock = EffectClock.EMULATOR;
    private Double cut;
    private Double shorten;
    private Double stall;
    private Duration stallFor;
    private Integer bytesPerSecond;

    @Override
    RequestFault self() {
        return this;
    }

    /** A fault of any operation. */
    public static RequestFault onAny() {
        return new RequestFault();
    }

    /** A fault of one operation. */
    public static RequestFault on(Operation operation) {
        return onAny().operation(operation);
    }

    /** Only requests of this operation. Default: of any. */
    public RequestFault operation(Operation operation) {
        this.operation = operation;
        return this;
    }

    /** Only requests whose path has this file or batch id. Default: any. */
    public RequestFault id(String id) {
        this.id = id;
        return this;
    }

    /** Real time between reading the request and its effect. Default: none. */
    public RequestFault delay(Duration delay) {
        this.delay = delay;
        return this;
    }

    /** Real time between the effect and the answer. Default: none. */
    public RequestFault answerDelay(Duration delay) {
        this.answerDelay = delay;
        return this;
    }

    /** Acts as soon as the head is there, and reads no body; so the request has no effect. */
    public RequestFault withoutReadingBody() {
        this.readBody = false;
        return this;
    }

    /** Answers with this status, and {@link #body}, in place of the ordinary answer. */
    public RequestFault status(int status) {
        this.status = status;
        return this;
    }

    /** Adds a header to the answer, such as {@code Retry-After}, {@code retry-after-ms} or {@code x-should-retry}. */
    public RequestFault header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The body that goes with {@link #status}: sent as it is. Default: an error in OpenAI's shape. */
    public RequestFault body(String body) {
        this.body = new TextNode(body);
        return this;
    }

    /** Answers as if the file or batch did not exist. */
    public RequestFault notFound() {
        this.notFound = true;
        return this;
    }

    /** Resets the connection in place of an answer. */
    public RequestFault reset() {
        this.connection = Connection.RESET;
        return this;
    }

    /** Closes the connection in place of an answer. */
    public RequestFault close() {
        this.connection = Connection.CLOSE;
        return this;
    }

    /** The request has its effect, whatever it is answered with. */
    public RequestFault withEffect() {
        this.effect = Effect.NOW;
        return this;
    }

    /** The request has its effect only some time after it was answered, by the emulator's clock. */
    public RequestFault effectAfter(Duration delay) {
        this.effect = Effect.LATER;
        this.effectDelay = delay;
        return this;
    }

    /** As {@link #effectAfter}, but by the machine's clock. */
    public RequestFault effectAfterRealTime(Duration delay) {
        this.effectClock = EffectClock.SYSTEM;
        return effectAfter(delay);
    }

    /** Announces the whole body, sends this share of it, and closes the connection. */
    public RequestFault cut(double share) {
        this.cut = share;
        return this;
    }

    /** Sends this share of the body as if it were all: status and {@code Content-Length} are consistent. */
    public RequestFault shorten(double share) {
        this.shorten = share;
        return this;
    }

    /** Stops sending after this share of the body, until the client gives up. */
    public RequestFault stall(double share) {
        this.stall = share;
        return this;
    }

    /** Stops sending after this share of the body, for a (real) time. */
    public RequestFault stall(double share, Duration time) {
        this.stallFor = time;
        return stall(share);
    }

    /** Sends the body at this rate. */
    public RequestFault bytesPerSecond(int rate) {
        this.bytesPerSecond = rate;
        return this;
    }

    @Override
    void check() {
        super.check();
        require(status == null || status >= 200 && status <= 599, "status must be 200 to 599");
        require(isShare(cut) && isShare(shorten) && isShare(stall), "cut, shorten and stall must be 0 to 1");
        require(bytesPerSecond == null || bytesPerSecond > 0, "bytesPerSecond must be positive");
        for (Duration time : new Duration[] { delay, answerDelay, stallFor }) {
            require(time == null || !time.isNegative(), "delay, answerDelay and stallFor must not be negative");
        }
        require((status != null ? 1 : 0) + (notFound ? 1 : 0) + (connection != null ? 1 : 0) <= 1,
                "Only one of status, notFound and connection");
        require(effect != Effect.LATER || effectDelay != null && !effectDelay.isNegative() && replacesAnswer(),
                "A later effect needs an effectDelay, and one of status, notFound and connection");
        require(readBody || replacesAnswer() && effect() == Effect.NONE,
                "Without reading the body there is no effect, so there must be one of status, notFound and connection");
        require(effect != Effect.NONE || replacesAnswer(), "Without effect there is no ordinary answer");
    }

    boolean matches(Operation actual, String actualId) {
        return (operation == null || operation == actual) && (id == null || id.equals(actualId));
    }

    private boolean replacesAnswer() {
        return status != null || notFound || connection != null;
    }

    public Duration delay() {
        return delay == null ? Duration.ZERO : delay;
    }

    public Duration answerDelay() {
        return answerDelay == null ? Duration.ZERO : answerDelay;
    }

    public boolean readsBody() {
        return readBody;
    }

    public Integer status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The text of the body, or null for an error in OpenAI's shape. */
    public String bodyText() {
        return body == null ? null : body.isTextual() ? body.textValue() : body.toString();
    }

    public boolean isNotFound() {
        return notFound;
    }

    public Connection connection() {
        return connection;
    }

    public Effect effect() {
        return effect != null ? effect : replacesAnswer() ? Effect.NONE : Effect.NOW;
    }

    public Duration effectDelay() {
        return effectDelay;
    }

    public EffectClock effectClock() {
        return effectClock;
    }

    /** Whether the body is sent otherwise than at once and whole. */
    public boolean changesSending() {
        return cut != null || shorten != null || stall != null || bytesPerSecond != null;
    }

    public Double cut() {
        return cut;
    }

    public Double shorten() {
        return shorten;
    }

    public Double stall() {
        return stall;
    }

    /** How long to stall, or null for until the client gives up. */
    public Duration stallFor() {
        return stallFor;
    }

    public Integer bytesPerSecond() {
        return bytesPerSecond;
    }
}
