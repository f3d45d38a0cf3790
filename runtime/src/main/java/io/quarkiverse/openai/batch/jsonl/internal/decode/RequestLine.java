package io.quarkiverse.openai.batch.jsonl.internal.decode;

/**
 * The parts of a request line.
 *
 * @param method null if there is none
 * @param url null if there is none
 * @param body a JSON object
 */
public record RequestLine(String customId, String method, String url, byte[] body) {
}
