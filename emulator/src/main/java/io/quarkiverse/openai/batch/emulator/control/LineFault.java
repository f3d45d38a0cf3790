package io.quarkiverse.openai.batch.emulator.control;

import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;

/**
 * A misbehaviour towards some lines of a batch.
 *
 * @param kind what happens to them
 * @param share how many of all lines, 0 to 1, chosen by hash of custom_id, seed and batch; ignored if there are
 *        {@code customIds}. Default 1
 * @param customIds exactly these lines; default null
 * @param status of {@link Kind#FAILING}: 400 to 599, or 0 for an answer with status 0 and neither body nor error; default 500
 * @param code of {@link Kind#FAILING}: the error's code; default null
 * @param times of {@link Kind#INVALID}: how many answers of a line, in whatever batches; default all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LineFault(Kind kind, Double share, Set<String> customIds, Integer status, String code, Integer times) {

    /** What happens to a line. All but {@link #FAILING} and {@link #VOID} are paid. */
    public enum Kind {
        /** An HTTP error inside {@code response}, {@code error} null, in the error file. */
        @JsonProperty("failing")
        FAILING,
        /** Both {@code response} and {@code error} null, in the error file. */
        @JsonProperty("void")
        VOID,
        /** Executed, but in neither file. */
        @JsonProperty("missing")
        MISSING,
        /** Twice in the output file. */
        @JsonProperty("doubled")
        DOUBLED,
        /** In the output file, and as failed with status 500 in the error file. */
        @JsonProperty("contradicted")
        CONTRADICTED,
        /** Accompanied by a line that nobody asked for. */
        @JsonProperty("foreign")
        FOREIGN,
        /** Cut in the middle of its JSON. */
        @JsonProperty("malformed")
        MALFORMED,
        /** Answered with a text that is not of the schema that was asked for; also where another kind hits the line. */
        @JsonProperty("invalid")
        INVALID
    }

    private static final int DEFAULT_STATUS = 500;

    /** @throws IllegalArgumentException if there is no kind, or if share or status are out of range */
    public LineFault {
        Fault.require(kind != null, "A line fault needs a kind");
        Fault.require(Fault.isShare(share), "share must be 0 to 1");
        Fault.require(status == null || status == 0 || status >= 400 && status <= 599, "status must be 0, or 400 to 599");
        Fault.require(times == null || times >= 1, "times must be 1 or more");
    }

    /** A fault of a share of the lines. */
    public static LineFault of(Kind kind, double share) {
        return new LineFault(kind, share, null, null, null, null);
    }

    /** A fault of certain lines. */
    public static LineFault of(Kind kind, Set<String> customIds) {
        return new LineFault(kind, null, customIds, null, null, null);
    }

    /** A share of the lines fails with a status and a code. */
    public static LineFault failing(double share, int status, String code) {
        return new LineFault(Kind.FAILING, share, null, status, code, null);
    }

    /** Certain lines fail with a status and a code. */
    public static LineFault failing(Set<String> customIds, int status, String code) {
        return new LineFault(Kind.FAILING, null, customIds, status, code, null);
    }

    /** The first answers of certain lines are not of the schema that was asked for. */
    public static LineFault invalid(Set<String> customIds, int times) {
        return new LineFault(Kind.INVALID, null, customIds, null, null, times);
    }

    /** Whether an answer of a line is hit that was answered so often before. */
    public boolean hitsAnswer(long before) {
        return times == null || before < times;
    }

    /** The status of failing lines. */
    public int failingStatus() {
        return status == null ? DEFAULT_STATUS : status;
    }

    boolean hits(String customId, long seed) {
        if (customIds != null) {
            return customIds.contains(customId);
        }
        return share == null || Hash64.unit(Hash64.mix(Hash64.of(customId) ^ seed)) < share;
    }
}
