package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A misbehaviour, and when it happens: it lets {@link #skip} occasions pass, then happens {@link #times} times, each with a
 * {@link #probability}, for as long as it is {@link #lasting}. Its JSON has the fields of the same names.
 *
 * @param <F> the kind of fault
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE, isGetterVisibility = Visibility.NONE, setterVisibility = Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_NULL)
public abstract class Fault<F extends Fault<F>> {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private int skip;
    private int times = 1;
    private double probability = 1;
    private Duration lasting;

    Fault() {
    }

    abstract F self();

    /** How many occasions pass before the first fault. Default 0. */
    public F skip(int skip) {
        this.skip = skip;
        return self();
    }

    /** How often it happens; 0 is without end. Default 1. */
    public F times(int times) {
        this.times = times;
        return self();
    }

    /** It happens without end. */
    public F always() {
        return times(0);
    }

    /** How likely it is on each occasion, 0 to 1, by the emulator's seed. Default 1. */
    public F probability(double probability) {
        this.probability = probability;
        return self();
    }

    /** How long it may happen, by the emulator's clock, from when it is added. Default: without end. */
    public F lasting(Duration lasting) {
        this.lasting = lasting;
        return self();
    }

    int skip() {
        return skip;
    }

    int times() {
        return times;
    }

    double probability() {
        return probability;
    }

    Duration lasting() {
        return lasting;
    }

    /** @throws IllegalArgumentException if the fault makes no sense */
    void check() {
        require(skip >= 0 && times >= 0, "skip and times must not be negative");
        require(probability >= 0 && probability <= 1, "probability must be 0 to 1");
        require(lasting == null || !lasting.isNegative(), "lasting must not be negative");
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    static JsonNode json(Object value) {
        return MAPPER.valueToTree(value);
    }

    static boolean isShare(Double share) {
        return share == null || share >= 0 && share <= 1;
    }
}
