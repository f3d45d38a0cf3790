package io.quarkiverse.openai.batch.emulator.control;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** What tests and the HTTP control interface do to a running emulator. */
public interface EmulatorControl {

    /** The token that the HTTP control interface expects in the header {@code X-Control-Token}; a new one at each start. */
    String controlToken();

    /** The emulator's time. */
    EmulatorClock clock();

    /** How much faster than at 1 batches created now pass through their states. */
    double speed();

    /**
     * Sets the speed of batches created from now on.
     *
     * @throws IllegalArgumentException if it is not a number above 0
     */
    void speed(double speed);

    Limits limits();

    /** Changes what is refused from now on. */
    void limits(Limits limits);

    /** The faults to come: add, list and remove them here. */
    Faults faults();

    /** How often each line was executed, up to now; ask again after time has passed. */
    Ledger ledger();

    /** The requests to the API. */
    RequestLog requests();

    /** The attempts to send webhooks, oldest first; the last 10,000. */
    List<SentWebhook> webhooks();

    /**
     * Creates batches of somebody else.
     *
     * @throws IllegalArgumentException if a status is unknown
     */
    void addForeignBatches(ForeignBatches batches);

    /**
     * The true state of all batches, newest first, whatever the API shows; {@code foreign} says whether somebody else
     * created them.
     */
    List<JsonNode> batches();

    /** All files, newest first, whatever the API shows. */
    List<JsonNode> files();

    /** Deletes all files, batches, faults, ledger entries, requests and webhooks; limits and time stay. */
    void reset();
}
