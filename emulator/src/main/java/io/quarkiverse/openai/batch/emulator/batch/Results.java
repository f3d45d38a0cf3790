package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;
import java.util.Arrays;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.answer.LineAnswer;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.Faults.SeededBatchFault;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.Ledger.Payment;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;

/** The answers to a batch's lines: successful ones go to the output file, the rest to the error file. Thread-safe. */
public final class Results {

    private final String batchId;
    private final ResultFile output;
    private final ResultFile error;
    private final BatchFault fault;
    private final long seed;
    private final Ledger ledger;
    private final ResultLines lines;
    private long completed;
    private long failed;
    private long inputTokens;
    private long cachedTokens;
    private long outputTokens;

    Results(String batchId, ResultFiles files, SeededBatchFault fault, Ledger ledger) {
        this.batchId = batchId;
        this.output = files.output();
        this.error = files.error();
        this.fault = fault.fault();
        this.seed = fault.seed();
        this.ledger = ledger;
        this.lines = new ResultLines(batchId);
    }

    /** A line was executed. */
    synchronized void executed(InputLine request, LineAnswer answer) throws IOException {
        LineFault lineFault = fault.ofLine(request.customId(), seed);
        Kind kind = lineFault == null ? null : lineFault.kind();
        if (kind == Kind.VOID || kind == Kind.FAILING || !answer.successful()) {
            fail(request, kind == Kind.VOID ? lines.empty(request.customId())
                    : lines.of(request.customId(), kind == Kind.FAILING ? failing(lineFault) : answer));
            return;
        }
        completed++;
        inputTokens += answer.inputTokens();
        cachedTokens += answer.cachedTokens();
        outputTokens += answer.outputTokens();
        boolean invalid = fault.isInvalid(request.customId(), seed, () -> ledger.paid(request.customId()));
        deliver(request.customId(), lines.of(request.customId(), invalid ? answer.invalid() : answer), kind);
        boolean delivered = kind != Kind.MISSING && kind != Kind.MALFORMED;
        enter(request, delivered ? Payment.PAID : Payment.PAID_UNDELIVERED);
    }

    private void fail(InputLine request, ObjectNode line) throws IOException {
        failed++;
        error.append(line);
        enter(request, Payment.UNPAID);
    }

    private void deliver(String customId, ObjectNode line, Kind kind) throws IOException {
        if (kind == Kind.MISSING) {
            return;
        }
        byte[] bytes = Json.MAPPER.writeValueAsBytes(line);
        output.append(kind == Kind.MALFORMED ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
        if (kind == Kind.DOUBLED) {
            output.append(bytes);
        } else if (kind == Kind.FOREIGN) {
            output.append(lines.foreign(line));
        } else if (kind == Kind.CONTRADICTED) {
            error.append(lines.of(customId, serverError(500, null)));
        }
    }

    private static LineAnswer failing(LineFault fault) {
        int status = fault.failingStatus();
        if (status == 0) {
            return new LineAnswer(0, Json.MAPPER.nullNode());
        }
        return status >= 500 ? serverError(status, fault.code())
                : LineAnswer.error(status, "This request was refused.", "invalid_request_error", null, fault.code());
    }

    private static LineAnswer serverError(int status, String code) {
        return LineAnswer.error(status, "The server had an error while processing your request.", "server_error", null, code);
    }

    private void enter(InputLine request, Payment payment) throws IOException {
        ledger.executed(batchId, request.customId(), Json.MAPPER.writeValueAsBytes(request.body()), payment);
    }

    private void unexecuted(InputLine request, Unexecuted reason) throws IOException {
        if (!fault.omitsUnexecuted()) {
            error.append(lines.unexecuted(request.customId(), reason));
        }
        if (reason == Unexecuted.EXPIRED) {
            failed++;
        }
    }

    /** All lines that are left were not executed. */
    synchronized void unexecuted(InputLines rest, Unexecuted reason) throws IOException {
        rest.open();
        try {
            for (InputLine line; (line = rest.next()) != null;) {
                unexecuted(line, reason);
            }
        } finally {
            rest.close();
            close();
        }
    }

    /** Closes the files until the next line. */
    synchronized void close() throws IOException {
        output.close();
        error.close();
    }

    synchronized long completed() {
        return completed;
    }

    synchronized long failed() {
        return failed;
    }

    synchronized long inputTokens() {
        return inputTokens;
    }

    synchronized long cachedTokens() {
        return cachedTokens;
    }

    synchronized long outputTokens() {
        return outputTokens;
    }
}
