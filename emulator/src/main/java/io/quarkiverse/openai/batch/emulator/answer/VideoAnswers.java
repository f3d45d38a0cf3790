package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code /v1/videos}: the resource of a finished video; there is no video to download. */
public final class VideoAnswers implements Answers {

    private static final long DOWNLOADABLE_SECONDS = 86_400;

    @Override
    public long promptTokens(ObjectNode body) {
        return Tokens.of(body.path("prompt").asText(""));
    }

    @Override
    public ObjectNode answer(LineRequest request) throws InvalidLineRequest {
        String prompt = request.required("prompt").asText();
        ObjectNode answer = Answers.object();
        answer.put("id", request.id("video_"));
        answer.put("object", "video");
        answer.put("created_at", request.createdAt());
        answer.put("completed_at", request.createdAt());
        answer.put("expires_at", request.createdAt() + DOWNLOADABLE_SECONDS);
        answer.put("status", "completed");
        answer.put("model", request.model());
        answer.put("progress", 100);
        answer.put("prompt", prompt);
        answer.put("seconds", request.body().path("seconds").asText("4"));
        answer.put("size", request.body().path("size").asText("720x1280"));
        answer.putNull("remixed_from_video_id");
        answer.putNull("error");
        return answer;
    }
}
