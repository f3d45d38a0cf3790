package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;

/**
 * A misbehaviour of a listing, towards each page that is asked for. Those whose time has come happen together. A listing that
 * is
 * missing or fails is a {@link RequestFault}, such as {@code RequestFault.on(Operation.LIST_BATCHES).status(405).always()}.
 */
public final class ListingFault extends Fault<ListingFault> {

    private Operation operation = Operation.LIST_BATCHES;
    private boolean oldestFirst;
    private boolean circling;
    private boolean endless;
    private Duration lag;
    private Double omit;
    private Double otherInput;

    @Override
    ListingFault self() {
        return this;
    }

    /** The listing: {@link Operation#LIST_BATCHES}, the default, or {@link Operation#LIST_FILES}. */
    public ListingFault operation(Operation operation) {
        this.operation = operation;
        return this;
    }

    /** The oldest comes first, or the newest if the oldest was asked for. */
    public ListingFault oldestFirst() {
        this.oldestFirst = true;
        return this;
    }

    /** Every page is the first, and says that there are more. */
    public ListingFault circling() {
        this.circling = true;
        return this;
    }

    /** After the last there is always another, made up and of the same age. */
    public ListingFault endless() {
        this.endless = true;
        return this;
    }

    /** What is younger than this, by the emulator's clock, is left out. */
    public ListingFault lag(Duration lag) {
        this.lag = lag;
        return this;
    }

    /** This share is left out, always the same ones: chosen by hash of id and seed. */
    public ListingFault omit(double share) {
        this.omit = share;
        return this;
    }

    /** This share of the batches shows another {@code input_file_id}, always the same ones. */
    public ListingFault otherInput(double share) {
        this.otherInput = share;
        return this;
    }

    @Override
    void check() {
        super.check();
        require(operation == Operation.LIST_BATCHES || operation == Operation.LIST_FILES && otherInput == null,
                "operation must be listBatches, or listFiles without otherInput");
        require(isShare(omit) && isShare(otherInput), "omit and otherInput must be 0 to 1");
        require(lag == null || !lag.isNegative(), "lag must not be negative");
        require(!circling || !endless, "Only one of circling and endless");
    }

    boolean matches(Operation actual) {
        return operation == actual;
    }

    public boolean isOldestFirst() {
        return oldestFirst;
    }

    public boolean isCircling() {
        return circling;
    }

    public boolean isEndless() {
        return endless;
    }

    /** Whether a file or batch is left out. */
    public boolean leavesOut(String id, Instant createdAt, Instant now, long seed) {
        return lag != null && now.isBefore(createdAt.plus(lag)) || hits(omit, id, seed);
    }

    /** Whether a batch shows another input file. */
    public boolean hidesInput(String id, long seed) {
        return hits(otherInput, id, seed + 1);
    }

    private static boolean hits(Double share, String id, long seed) {
        return share != null && Hash64.unit(Hash64.mix(Hash64.of(id) ^ Hash64.mix(seed))) < share;
    }
}
