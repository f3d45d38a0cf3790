package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How an answer differs from the ordinary one: its headers, its fields, and the way in which its body is sent.
 *
 * @param <F> the kind of fault
 */
public abstract class AnswerFault<F extends AnswerFault<F>> extends Fault<F> {

    private Map<String, String> headers = new LinkedHashMap<>();
    private Map<String, JsonNode> fields = new LinkedHashMap<>();
    private Double cut;
    private Double shorten;
    private Double stall;
    private Duration stallFor;
    private Integer bytesPerSecond;
    private boolean endless;
    private boolean gzip;
    private boolean echoKey;

    AnswerFault() {
    }

    /** Adds a header to the answer, such as {@code Retry-After}, {@code retry-after-ms} or {@code x-should-retry}. */
    public F header(String name, String value) {
        headers.put(name, value);
        return self();
    }

    /** Leaves a header out of the answer, such as {@code Date}. */
    public F withoutHeader(String name) {
        return header(name, null);
    }

    /**
     * Replaces a field of the JSON object that is answered, such as the {@code bytes} of a file.
     *
     * @param value a text, a number or a boolean; null for null
     */
    public F field(String name, Object value) {
        fields.put(name, json(value));
        return self();
    }

    /** Announces the whole body, sends this share of it, and closes the connection. */
    public F cut(double share) {
        this.cut = share;
        return self();
    }

    /** Sends this share of the body as if it were all: status and {@code Content-Length} are consistent. */
    public F shorten(double share) {
        this.shorten = share;
        return self();
    }

    /** Stops sending after this share of the body, until the client gives up. */
    public F stall(double share) {
        this.stall = share;
        return self();
    }

    /** Stops sending after this share of the body, for a (real) time. */
    public F stall(double share, Duration time) {
        this.stallFor = time;
        return stall(share);
    }

    /** Sends the body at this rate. */
    public F bytesPerSecond(int rate) {
        this.bytesPerSecond = rate;
        return self();
    }

    /** Sends the body again and again, without a {@code Content-Length}, until the client gives up. */
    public F endless() {
        this.endless = true;
        return self();
    }

    /** Compresses the body, whether the client accepts that or not. */
    public F gzip() {
        this.gzip = true;
        return self();
    }

    /**
     * Answers with an error that repeats the key of the request: in message, code, {@code x-request-id} and
     * {@code x-authorization}. With the status 401, unless another is given, and in place of the ordinary answer.
     */
    public F echoKey() {
        this.echoKey = true;
        return self();
    }

    @Override
    void check() {
        super.check();
        require(isShare(cut) && isShare(shorten) && isShare(stall), "cut, shorten and stall must be 0 to 1");
        require(bytesPerSecond == null || bytesPerSecond > 0, "bytesPerSecond must be positive");
        require(!endless || cut == null && shorten == null, "A body without end is neither cut nor shortened");
    }

    /** Answers as the other does too; the two change different things. */
    void answerAs(AnswerFault<?> other) {
        headers.putAll(other.headers());
        fields.putAll(other.fields());
        cut = other.cut == null ? cut : other.cut;
        shorten = other.shorten == null ? shorten : other.shorten;
        stall = other.stall == null ? stall : other.stall;
        stallFor = other.stallFor == null ? stallFor : other.stallFor;
        bytesPerSecond = other.bytesPerSecond == null ? bytesPerSecond : other.bytesPerSecond;
        endless |= other.endless;
        gzip |= other.gzip;
        echoKey |= other.echoKey;
    }

    /** By name; null for a header that is left out. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What replaces fields of the answer. */
    public Map<String, JsonNode> fields() {
        return fields;
    }

    /** Whether the body is sent otherwise than at once and whole. */
    public boolean changesSending() {
        return cut != null || shorten != null || stall != null || bytesPerSecond != null || endless;
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

    public boolean isEndless() {
        return endless;
    }

    public boolean isGzip() {
        return gzip;
    }

    public boolean echoesKey() {
        return echoKey;
    }
}
