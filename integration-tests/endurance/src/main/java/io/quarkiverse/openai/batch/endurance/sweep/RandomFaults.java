package io.quarkiverse.openai.batch.endurance.sweep;

import java.time.Duration;
import java.util.Random;

import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;

/** Random faults of a provider. Late effects and a listing that lags stay within the settle time. */
final class RandomFaults {

    private final Random random;

    RandomFaults(Random random) {
        this.random = random;
    }

    void addTo(Faults faults) {
        for (int i = random.nextInt(4); i > 0; i--) {
            faults.add(create().skip(random.nextInt(3)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            faults.add(upload().skip(random.nextInt(3)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            faults.add(download().skip(random.nextInt(4)));
        }
        faults.add(RequestFault.on(Operation.RETRIEVE_BATCH).notFound().probability(0.1).always());
        faults.add(RequestFault.on(Operation.DELETE_FILE).status(500).withEffect().probability(0.1).always());
        faults.add(RequestFault.on(Operation.LIST_BATCHES).status(503).probability(0.1).always());
        for (int i = random.nextInt(5); i > 0; i--) {
            faults.add(batch().skip(random.nextInt(2)));
        }
        faults.add(new BatchFault().listingLag(minutes(4)).fileIdsLag(minutes(4)).shuffled().probability(0.5).always());
        faults.add(new BatchFault().earlyFileIds().always());
    }

    private Duration minutes(int most) {
        return Duration.ofSeconds(random.nextInt(60 * most));
    }

    private RequestFault create() {
        RequestFault fault = RequestFault.on(Operation.CREATE_BATCH);
        return switch (random.nextInt(6)) {
            case 0 -> fault.reset();
            case 1 -> fault.reset().withEffect();
            case 2 -> fault.status(500).withEffect();
            case 3 -> fault.status(504).effectAfter(minutes(4));
            case 4 -> fault.status(429);
            default -> fault.status(200).body("<html>").withEffect();
        };
    }

    private RequestFault upload() {
        RequestFault fault = RequestFault.on(Operation.CREATE_FILE);
        return switch (random.nextInt(3)) {
            case 0 -> fault.reset();
            case 1 -> fault.reset().withEffect();
            default -> fault.status(500).withEffect();
        };
    }

    private RequestFault download() {
        RequestFault fault = RequestFault.on(Operation.DOWNLOAD_FILE);
        return switch (random.nextInt(4)) {
            case 0 -> fault.cut(random.nextDouble());
            case 1 -> fault.shorten(random.nextDouble());
            case 2 -> fault.notFound();
            default -> fault.reset();
        };
    }

    private BatchFault batch() {
        BatchFault fault = new BatchFault().listingLag(minutes(4));
        return switch (random.nextInt(7)) {
            case 0 -> fault.stopAfter(random.nextDouble(), Stop.EXPIRE);
            case 1 -> fault.failure(BatchFailure.of("token_limit_exceeded", "Later"));
            case 2 -> fault.lines(LineFault.of(Kind.MISSING, 0.1)).lines(LineFault.of(Kind.MALFORMED, 0.1));
            case 3 -> fault.lines(LineFault.of(Kind.DOUBLED, 0.2)).lines(LineFault.of(Kind.FOREIGN, 0.2)).shuffled();
            case 4 -> fault.lines(LineFault.failing(0.2, 500, "server_error")).lines(LineFault.failing(0.1, 400, "bad"));
            case 5 -> fault.statusText("in_progress", "thinking").blankFileIds();
            default -> fault.failure(new BatchFailure("invalid_request", "No", null, 1 + random.nextInt(20)));
        };
    }
}
