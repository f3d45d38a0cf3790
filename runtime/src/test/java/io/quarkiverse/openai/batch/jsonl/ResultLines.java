package io.quarkiverse.openai.batch.jsonl;

import java.util.Locale;
import java.util.Random;

/** Result lines of the shapes and sizes that providers send, the same ones each time. */
final class ResultLines {

    private static final String[] WORDS = ("the of and to in a is that for it as was with be by on not he his but at are this "
            + "have from or had an they which one you were all her she there would their we him been has when who will no "
            + "more if out so said what up its about into than them can only other time new some could these may first "
            + "Zürich naïve 東京 \\\"quoted\\\" line\\n").split(" ");

    private ResultLines() {
    }

    static String chat(int i) {
        Random random = new Random(i);
        int prompt = 40 + random.nextInt(500);
        return "{\"id\": \"batch_req_" + Long.toHexString(random.nextLong()) + "\", \"custom_id\": \"" + customId(i)
                + "\", \"response\": {\"status_code\": 200, \"request_id\": \"" + Long.toHexString(random.nextLong())
                + "\", \"body\": {\"id\": \"chatcmpl-" + Long.toHexString(random.nextLong())
                + "\", \"object\": \"chat.completion\", \"created\": 1763700000, \"model\": \"gpt-6-luna\", "
                + "\"choices\": [{\"index\": 0, \"message\": {\"role\": \"assistant\", \"content\": \"" + words(random, 60)
                + "\", \"refusal\": null, \"annotations\": []}, \"logprobs\": null, \"finish_reason\": \"stop\"}], "
                + "\"usage\": {\"prompt_tokens\": " + prompt + ", \"completion_tokens\": 80, \"total_tokens\": " + (prompt + 80)
                + ", \"prompt_tokens_details\": {\"cached_tokens\": 16, \"audio_tokens\": 0}, "
                + "\"completion_tokens_details\": {\"reasoning_tokens\": 32, \"audio_tokens\": 0, "
                + "\"accepted_prediction_tokens\": 0, \"rejected_prediction_tokens\": 0}}, "
                + "\"service_tier\": \"default\", \"system_fingerprint\": null}}, \"error\": null}";
    }

    static String embedding(int i, int dimensions) {
        Random random = new Random(i);
        StringBuilder vector = new StringBuilder();
        for (int k = 0; k < dimensions; k++) {
            vector.append(k == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.9f", random.nextGaussian() / 40));
        }
        return "{\"id\": \"batch_req_" + i + "\", \"custom_id\": \"" + customId(i)
                + "\", \"response\": {\"status_code\": 200, \"request_id\": \"req_" + i
                + "\", \"body\": {\"object\": \"list\", \"data\": [{\"object\": \"embedding\", \"index\": 0, \"embedding\": ["
                + vector + "]}], \"model\": \"text-embedding-3-small\", "
                + "\"usage\": {\"prompt_tokens\": 9, \"total_tokens\": 9}}}, \"error\": null}";
    }

    static String response(int i) {
        Random random = new Random(i);
        return "{\"id\": \"batch_req_" + i + "\", \"custom_id\": \"" + customId(i)
                + "\", \"response\": {\"status_code\": 200, \"request_id\": \"req_" + i
                + "\", \"body\": {\"id\": \"resp_" + i + "\", \"object\": \"response\", \"created_at\": 1763700000, "
                + "\"status\": \"completed\", \"error\": null, \"incomplete_details\": null, \"instructions\": null, "
                + "\"model\": \"gpt-6-luna\", \"output\": [{\"id\": \"rs_" + i
                + "\", \"type\": \"reasoning\", \"summary\": []}, {\"id\": \"msg_" + i
                + "\", \"type\": \"message\", \"status\": \"completed\", \"content\": [{\"type\": \"output_text\", "
                + "\"annotations\": [], \"logprobs\": [], \"text\": \"" + words(random, 60)
                + "\"}], \"role\": \"assistant\"}], "
                + "\"parallel_tool_calls\": true, \"temperature\": 1.0, \"tool_choice\": \"auto\", \"tools\": [], \"usage\": "
                + "{\"input_tokens\": 36, \"input_tokens_details\": {\"cached_tokens\": 8}, \"output_tokens\": 87, "
                + "\"output_tokens_details\": {\"reasoning_tokens\": 64}, \"total_tokens\": 123}, \"metadata\": {}}}, "
                + "\"error\": null}";
    }

    static String customId(int i) {
        return "request-" + i;
    }

    private static String words(Random random, int count) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < count; k++) {
            text.append(k == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
