package io.quarkiverse.openai.batch.emulator.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;

/** A misbehaviour of a whole batch, applied to batches when they are created. */
public final class BatchFault extends Fault<BatchFault> {

    /** What {@code request_counts} say. */
    public enum Counts {
        /** That everything is completed. */
        @JsonProperty("all_completed")
        ALL_COMPLETED,
        /** That everything is failed. */
        @JsonProperty("all_failed")
        ALL_FAILED,
        /** That there is nothing. */
        @JsonProperty("zero")
        ZERO,
        /** Null for each count. */
        @JsonProperty("null")
        NULL
    }

    /** What a batch does that executes no more lines. */
    public enum Stop {
        /** Expires at once. */
        @JsonProperty("expire")
        EXPIRE,
        /** Stays in progress until {@code expires_at}, then expires. */
        @JsonProperty("stall")
        STALL,
        /** Stays in progress for ever, past {@code expires_at} too. */
        @JsonProperty("hang")
        HANG,
        /** Fails at once, for the reason that {@link BatchFault#failure} gives, or none; with files and counts. */
        @JsonProperty("fail")
        FAIL
    }

    private Duration listingLag;
    private Duration retrievalLag;
    private BatchFailure failure;
    private Double stopAfter;
    private Stop stop;
    private boolean earlyFileIds;
    private Duration fileIdsLag;
    private boolean blankFileIds;
    private boolean emptyFiles;
    private boolean shuffled;
    private boolean omitUnexecuted;
    private Counts counts;
    private Map<String, String> statusTexts = new LinkedHashMap<>();
    private boolean upperCaseStatus;
    private boolean refuseRepeatedCancel;
    private Map<String, JsonNode> fields = new LinkedHashMap<>();
    private List<LineFault> lines = new ArrayList<>();

    @Override
    BatchFault self() {
        return this;
    }

    /** The batch is in the listing only so long after its creation, by the emulator's clock. */
    public BatchFault listingLag(Duration lag) {
        this.listingLag = lag;
        return this;
    }

    /** The batch can be retrieved and cancelled only so long after its creation; before, that is a 404. */
    public BatchFault retrievalLag(Duration lag) {
        this.retrievalLag = lag;
        return this;
    }

    /** Validation fails; or, with {@link Stop#FAIL}, the batch fails later for this reason. */
    public BatchFault failure(BatchFailure failure) {
        this.failure = failure;
        return this;
    }

    /** After this share of the lines no more are executed. */
    public BatchFault stopAfter(double share, Stop stop) {
        this.stopAfter = share;
        this.stop = stop;
        return this;
    }

    /** The file ids are there from the state {@code in_progress} on, and the files grow. */
    public BatchFault earlyFileIds() {
        this.earlyFileIds = true;
        return this;
    }

    /** The file ids are there only so long after the batch has ended. */
    public BatchFault fileIdsLag(Duration lag) {
        this.fileIdsLag = lag;
        return this;
    }

    /** File ids that are absent are empty strings instead of null. */
    public BatchFault blankFileIds() {
        this.blankFileIds = true;
        return this;
    }

    /** Files without lines exist, with no bytes, as at Azure. */
    public BatchFault emptyFiles() {
        this.emptyFiles = true;
        return this;
    }

    /** The lines of the output file are in another order than those of the input file. */
    public BatchFault shuffled() {
        this.shuffled = true;
        return this;
    }

    /** Lines that were not executed are not in the error file. */
    public BatchFault omitUnexecuted() {
        this.omitUnexecuted = true;
        return this;
    }

    /** The counts say something else than the truth. */
    public BatchFault counts(Counts counts) {
        this.counts = counts;
        return this;
    }

    /** The batch shows another text for a status, such as {@code PROGRESS} for {@code in_progress}. */
    public BatchFault statusText(String status, String text) {
        statusTexts.put(status, text);
        return this;
    }

    /** Every status is in upper case. */
    public BatchFault upperCaseStatus() {
        this.upperCaseStatus = true;
        return this;
    }

    /** Cancelling a batch that is being cancelled is a 400. */
    public BatchFault refuseRepeatedCancel() {
        this.refuseRepeatedCancel = true;
        return this;
    }

    /**
     * The batch shows another value for a field, such as {@code errors}.
     *
     * @param value a text, a number or a boolean; null for null
     */
    public BatchFault field(String name, Object value) {
        fields.put(name, json(value));
        return this;
    }

    /** Adds a misbehaviour of lines; the first that hits a line is the one that happens to it. */
    public BatchFault lines(LineFault fault) {
        lines.add(fault);
        return this;
    }

    @Override
    void check() {
        super.check();
        require(isShare(stopAfter) && (stopAfter == null) == (stop == null), "stopAfter must be 0 to 1, and needs a stop");
        for (Duration lag : new Duration[] { listingLag, retrievalLag, fileIdsLag }) {
            require(lag == null || !lag.isNegative(), "A lag must not be negative");
        }
    }

    public Duration listingLag() {
        return orZero(listingLag);
    }

    public Duration retrievalLag() {
        return orZero(retrievalLag);
    }

    private static Duration orZero(Duration duration) {
        return duration == null ? Duration.ZERO : duration;
    }

    /** Why the batch fails, if it does: in validation, or with {@link Stop#FAIL} later. */
    public Optional<BatchFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** What happens when no more lines are executed; null if all are. */
    public Stop stop() {
        return stop;
    }

    /** How many of so many lines are executed. */
    public long executed(long total) {
        return stop == null ? total : (long) (total * stopAfter);
    }

    public boolean hasEarlyFileIds() {
        return earlyFileIds;
    }

    public Duration fileIdsLag() {
        return orZero(fileIdsLag);
    }

    public boolean hasBlankFileIds() {
        return blankFileIds;
    }

    public boolean hasEmptyFiles() {
        return emptyFiles;
    }

    public boolean isShuffled() {
        return shuffled;
    }

    public boolean omitsUnexecuted() {
        return omitUnexecuted;
    }

    /** What the counts say; null for the truth. */
    public Counts counts() {
        return counts;
    }

    /** What the batch shows for a status. */
    public String statusText(String status) {
        String text = statusTexts.getOrDefault(status, status);
        return upperCaseStatus ? text.toUpperCase(Locale.ROOT) : text;
    }

    public boolean refusesRepeatedCancel() {
        return refuseRepeatedCancel;
    }

    /** What the batch shows instead of the truth. */
    public Map<String, JsonNode> fields() {
        return fields;
    }

    /** What happens to a line besides {@link Kind#INVALID}, or null if nothing does. */
    public LineFault ofLine(String customId, long seed) {
        return first(customId, seed, fault -> fault.kind() != Kind.INVALID);
    }

    /**
     * Whether the answer to a line is {@link Kind#INVALID}.
     *
     * @param before how often the line was answered before
     */
    public boolean isInvalid(String customId, long seed, LongSupplier before) {
        LineFault fault = first(customId, seed, any -> any.kind() == Kind.INVALID);
        return fault != null && fault.hitsAnswer(before.getAsLong());
    }

    private LineFault first(String customId, long seed, Predicate<LineFault> which) {
        for (int index = 0; index < lines.size(); index++) {
            if (which.test(lines.get(index)) && lines.get(index).hits(customId, Hash64.mix(seed + index))) {
                return lines.get(index);
            }
        }
        return null;
    }
}
