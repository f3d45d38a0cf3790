package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A misbehaviour towards one request: what happens to its effect, and what the client gets to see. Without anything else said,
 * a request whose answer is replaced ({@link #status}, {@link #notFound}) or withheld ({@link #connection}) has no effect.
 */
public final class RequestFault extends AnswerFault<RequestFault> {

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

    /** What a fault changes about an exchange. */
    enum Matter {
        ANSWER,
        TIME,
        HEADERS,
        FIELDS,
        SENDING,
        ENCODING
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
    private JsonNode body;
    private boolean notFound;
    private Connection connection;
    private Effect effect;
    private Duration effectDelay;
    private EffectClock effectClock = EffectClock.EMULATOR;
    private boolean signedUrl;

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

    /**
     * Redirects, with {@link #status} or 302, to a URL on another port that serves the file to whoever knows it. A request that
     * carries a key there is refused with 400, as object stores do. Only for {@link Operation#DOWNLOAD_FILE}.
     */
    public RequestFault signedUrl() {
        this.signedUrl = true;
        return this;
    }

    @Override
    void check() {
        super.check();
        require(status == null || status >= 200 && status <= 599, "status must be 200 to 599");
        for (Duration time : new Duration[] { delay, answerDelay, stallFor() }) {
            require(time == null || !time.isNegative(), "delay, answerDelay and stallFor must not be negative");
        }
        require((status != null ? 1 : 0) + (notFound ? 1 : 0) + (connection != null ? 1 : 0) <= 1,
                "Only one of status, notFound and connection");
        require(!signedUrl || operation == Operation.DOWNLOAD_FILE && !notFound && connection == null && body == null,
                "A signed URL is for downloadFile, without a body, notFound and connection");
        require(!echoesKey() || body == null && !notFound && connection == null && !signedUrl
                && (status == null || status == 401 || status == 403), "echoKey is for the status 401 or 403, without a body");
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
        return status != null || notFound || connection != null || signedUrl || echoesKey();
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

    public boolean isSignedUrl() {
        return signedUrl;
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

    /** What the fault changes. */
    Set<Matter> matters() {
        Set<Matter> matters = EnumSet.noneOf(Matter.class);
        mark(matters, Matter.ANSWER, replacesAnswer());
        mark(matters, Matter.TIME, delay != null || answerDelay != null);
        mark(matters, Matter.HEADERS, !replacesAnswer() && !headers().isEmpty());
        mark(matters, Matter.FIELDS, !fields().isEmpty());
        mark(matters, Matter.SENDING, changesSending());
        mark(matters, Matter.ENCODING, isGzip());
        return matters;
    }

    private static void mark(Set<Matter> matters, Matter matter, boolean changed) {
        if (changed) {
            matters.add(matter);
        }
    }

    /** All of these faults in one; they change different things. */
    static RequestFault together(List<RequestFault> faults) {
        RequestFault all = onAny();
        faults.forEach(all::add);
        return all;
    }

    private void add(RequestFault other) {
        delay = other.delay == null ? delay : other.delay;
        answerDelay = other.answerDelay == null ? answerDelay : other.answerDelay;
        if (other.replacesAnswer()) {
            readBody = other.readBody;
            status = other.status;
            body = other.body;
            notFound = other.notFound;
            connection = other.connection;
            signedUrl = other.signedUrl;
            effect = other.effect;
            effectDelay = other.effectDelay;
            effectClock = other.effectClock;
        }
        answerAs(other);
    }
}
