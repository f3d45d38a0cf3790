package io.quarkiverse.openai.batch.emulator.batch;

/** Why a line was not executed: code and message of its line in the error file. */
enum Unexecuted {

    /** The guide's own example. */
    EXPIRED("batch_expired", "This request could not be executed before the completion window expired."),
    /** Not on OpenAI's pages; documented by DeepInfra and other compatible servers. */
    CANCELLED("batch_cancelled", "This request was not executed because the batch was cancelled."),
    /** No server documents it. */
    FAILED("batch_failed", "This request was not executed because the batch failed.");

    private final String code;
    private final String message;

    Unexecuted(String code, String message) {
        this.code = code;
        this.message = message;
    }

    String code() {
        return code;
    }

    String message() {
        return message;
    }
}
