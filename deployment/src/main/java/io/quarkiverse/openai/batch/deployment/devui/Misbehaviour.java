package io.quarkiverse.openai.batch.deployment.devui;

import java.time.Duration;
import java.util.function.Function;

import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

/** The faults that the page of the emulator offers; tests can add many more. */
enum Misbehaviour {

    RATE_LIMIT("Refuse the next 5 requests with 429",
            faults -> faults.add(RequestFault.onAny().status(429).header("Retry-After", "1").times(5))),
    OUTAGE("Answer everything with 503 for 30 seconds",
            faults -> faults.add(RequestFault.onAny().status(503).always().lasting(Duration.ofSeconds(30)))),
    LOST_CREATE("Lose the answer of the next create, although the batch is there",
            faults -> faults.add(RequestFault.on(Operation.CREATE_BATCH).reset().withEffect().times(1))),
    CUT_RESULTS("Break off the next download half-way",
            faults -> faults.add(RequestFault.on(Operation.DOWNLOAD_FILE).cut(0.5).times(1))),
    EXPIRES("Let the next batch expire half-way", faults -> faults.add(new BatchFault().stopAfter(0.5, Stop.EXPIRE).times(1))),
    TOKEN_LIMIT("Let the next batch fail for the limit of enqueued tokens",
            faults -> faults.add(new BatchFault().failure(BatchFailure.of("token_limit_exceeded",
                    "Enqueued token limit reached for gpt-6-luna. Limit: 90,000 enqueued tokens.")).times(1))),
    MISSING_LINES("Leave a tenth of the lines out of the next batch's results",
            faults -> faults.add(new BatchFault().lines(LineFault.of(Kind.MISSING, 0.1)).times(1))),
    FAILED_LINES("Answer a tenth of the next batch's lines with 500",
            faults -> faults.add(new BatchFault().lines(LineFault.failing(0.1, 500, "server_error")).times(1)));

    private final String label;
    private final Function<Faults, String> adding;

    /**
     * @param adding adds the fault and returns its id
     */
    Misbehaviour(String label, Function<Faults, String> adding) {
        this.label = label;
        this.adding = adding;
    }

    String label() {
        return label;
    }

    String addTo(Faults faults) {
        return adding.apply(faults);
    }
}
