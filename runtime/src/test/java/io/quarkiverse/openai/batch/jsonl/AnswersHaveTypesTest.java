package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class AnswersHaveTypesTest {

    @Test
    void chatWithToolCallsAndRefusal() {
        BatchResult result = Lines.answered("""
                {"id": "c1", "object": "chat.completion", "created": 17, "model": "m", "choices": [
                  {"index": 0, "message": {"role": "assistant", "content": null, "tool_calls": [
                    {"id": "t1", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\":1}"}}]},
                   "logprobs": null, "finish_reason": "tool_calls"},
                  {"index": 1, "message": {"role": "assistant", "content": null, "refusal": "no"}, "finish_reason": "stop"}],
                 "usage": {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12,
                  "prompt_tokens_details": {"cached_tokens": 3, "audio_tokens": 0},
                  "completion_tokens_details": {"reasoning_tokens": 4}}}""".replace("\n", ""));

        ChatCompletion chat = (ChatCompletion) result.body();
        assertThat(chat.choices()).containsExactly(
                new ChatCompletion.Choice(0, null, null, "tool_calls", List.of(new ToolCall("t1", "f", "{\"a\":1}"))),
                new ChatCompletion.Choice(1, null, "no", "stop", List.of()));
        assertThat(result.usage()).isEqualTo(new Usage(5, 7, 12, 3, 4));
        assertThat(result.text()).isNull();
    }

    @Test
    void chatWithPartsAsContent() {
        assertThat(Lines.answered("{\"choices\": [{\"message\": {\"content\": [{\"type\": \"text\", \"text\": \"a\"}, "
                + "{\"type\": \"image\"}, {\"type\": \"text\", \"text\": \"b\"}]}}]}").text()).isEqualTo("ab");
    }

    @Test
    void response() {
        BatchResult result = Lines.answered("""
                {"id": "r1", "object": "response", "created_at": 17, "status": "incomplete", "error": null,
                 "incomplete_details": {"reason": "max_output_tokens"}, "model": "m", "output": [
                  {"type": "reasoning", "id": "rs", "summary": [], "content": [{"type": "reasoning_text", "text": "hm"}]},
                  {"type": "message", "content": [{"type": "output_text", "text": "Hel", "annotations": []},
                    {"type": "output_text", "text": "lo"}], "role": "assistant"},
                  {"type": "function_call", "call_id": "k", "name": "f", "arguments": "{}", "id": "fc"},
                  {"type": "message", "content": [{"type": "refusal", "refusal": "no more"}]}],
                 "usage": {"input_tokens": 36, "input_tokens_details": {"cached_tokens": 8}, "output_tokens": 87,
                  "output_tokens_details": {"reasoning_tokens": 64}, "total_tokens": 123}}""".replace("\n", ""));

        assertThat(result.body())
                .isEqualTo(new ModelResponse("r1", "m", 17, "incomplete", "max_output_tokens", List.of("Hello"),
                        "no more", List.of(new ToolCall("k", "f", "{}"))));
        assertThat(result.usage()).isEqualTo(new Usage(36, 87, 123, 8, 64));
        assertThat(result.text()).isEqualTo("Hello");
        assertThat(result.error()).isNull();
    }

    @Test
    void completion() {
        BatchResult result = Lines.answered("{\"id\": \"x\", \"object\": \"text_completion\", \"created\": 1, \"model\": "
                + "\"m\", \"choices\": [{\"text\": \"one\", \"index\": 0, \"finish_reason\": \"length\"}, {\"text\": "
                + "\"two\", \"index\": 1, \"logprobs\": null}]}");

        assertThat(result.body()).isEqualTo(new TextCompletion("x", "m", 1, List.of(
                new TextCompletion.Choice(0, "one", "length"), new TextCompletion.Choice(1, "two", null))));
        assertThat(result.text()).isEqualTo("one");
    }

    @Test
    void embeddingsAsNumbersAndAsBase64() {
        BatchResult numbers = Lines.answered("{\"object\": \"list\", \"data\": [{\"object\": \"embedding\", \"index\": 0, "
                + "\"embedding\": [0.5, -1.25e-3, 3]}, {\"index\": 1, \"embedding\": []}], \"model\": \"m\"}");
        BatchResult base64 = Lines.answered("{\"data\": [{\"index\": 0, \"embedding\": \"AAAAPwAAoL8=\"}]}");

        EmbeddingList list = (EmbeddingList) numbers.body();
        assertThat(numbers.embedding()).containsExactly(0.5f, -0.00125f, 3f);
        assertThat(list.embeddings()).extracting(EmbeddingList.Embedding::index).containsExactly(0, 1);
        assertThat(list.embeddings().get(1).vector()).isEmpty();
        assertThat(base64.embedding()).containsExactly(0.5f, -1.25f);
    }

    @Test
    void moderation() {
        BatchResult result = Lines.answered("{\"id\": \"modr-1\", \"model\": \"omni\", \"results\": [{\"flagged\": true, "
                + "\"categories\": {\"hate\": false, \"self-harm/intent\": true}, \"category_scores\": {\"hate\": 1.5e-7, "
                + "\"self-harm/intent\": 0.9}}]}");

        assertThat(result.body()).isEqualTo(new Moderations("modr-1", "omni", List.of(new Moderations.Moderation(true,
                Map.of("hate", false, "self-harm/intent", true), Map.of("hate", 1.5e-7, "self-harm/intent", 0.9)))));
    }

    record Image(long created, List<Map<String, String>> data) {
    }

    @Test
    void otherEndpointsAreReadAsJsonOrAsATypeOfTheCallers() {
        BatchResult result = Lines.answered("{\"created\": 17, \"data\": [{\"b64_json\": \"AAAA\"}], \"more\": {}}");

        assertThat(result.body()).isNull();
        assertThat(result.bodyJson().at("/data/0/b64_json").asText()).isEqualTo("AAAA");
        assertThat(result.bodyAs(Image.class)).isEqualTo(new Image(17, List.of(Map.of("b64_json", "AAAA"))));
        assertThatThrownBy(() -> BatchResult.missing("c").bodyAs(Image.class)).isInstanceOf(JsonlException.class);
    }

    /** deltawi/deltallm #153: a new field broke the parsing. */
    @Test
    void unknownFieldsAreKept() {
        BatchResult result = Lines.read("{\"new\": {\"a\": [1]}, \"custom_id\": \"c\", \"response\": {\"fresh\": true, "
                + "\"status_code\": 200, \"body\": {\"novel\": {\"deep\": [{}]}, \"choices\": [{\"unheard\": 1, \"message\": "
                + "{\"content\": \"x\", \"thoughts\": \"y\"}}]}}}");

        assertThat(result.text()).isEqualTo("x");
        assertThat(result.json().at("/new/a/0").asInt()).isEqualTo(1);
        assertThat(result.json().at("/response/fresh").asBoolean()).isTrue();
        assertThat(result.bodyJson().at("/choices/0/message/thoughts").asText()).isEqualTo("y");
        assertThat(result.bodyJson().at("/novel/deep/0").isObject()).isTrue();
    }

    @Test
    void namesMayBeEscapedAsPythonDoes() {
        BatchResult result = Lines.answered("{\"metadata\": {\"\\ud83d\\ude00\": \"\\\\ud83d\", \"\\u00e9\": 1}, "
                + "\"choices\": [{\"text\": \"\\ud83d\\ude00\"}]}");

        assertThat(result.text()).isEqualTo("\uD83D\uDE00");
        assertThat(result.bodyJson().path("metadata").path("\uD83D\uDE00").asText()).isEqualTo("\\ud83d");
        assertThat(result.bodyJson().path("metadata").path("\u00e9").asInt()).isEqualTo(1);
    }

    @Test
    void fieldsOfAnotherTypeThanExpectedAreAbsent() {
        BatchResult result = Lines.read("{\"id\": [1], \"custom_id\": 17, \"response\": {\"status_code\": 200.0, "
                + "\"request_id\": {\"a\": 1}, \"body\": {\"id\": 5, \"model\": [\"m\"], \"created\": \"1711652795\", \"usage\": "
                + "[], \"choices\": \"x\", \"output\": \"text\", \"data\": [1, [2], {\"embedding\": [0.5, null, \"x\", "
                + "{}]}], \"results\": null, \"error\": false}}}");

        assertThat(result.succeeded()).isTrue();
        assertThat(result.customId()).isEqualTo("17");
        assertThat(result.id()).isNull();
        assertThat(result.requestId()).isNull();
        assertThat(result.usage()).isEqualTo(Usage.NONE);
        assertThat(result.embedding()).containsExactly(0.5f, Float.NaN, Float.NaN, Float.NaN);
    }

    @Test
    void usageIsNormalisedAndAddsUp() {
        Usage usage = Lines.answered("{\"usage\": {\"prompt_tokens\": 9, \"completion_tokens\": 1e1}}").usage();

        assertThat(usage).isEqualTo(new Usage(9, 10, 19, 0, 0));
        assertThat(usage.plus(new Usage(1, 1, 2, 1, 1))).isEqualTo(new Usage(10, 11, 21, 1, 1));
    }
}
