package io.quarkiverse.openai.batch.jsonl;

import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.util.List;

/** What a program with Jackson and nothing else can do. */
public final class JacksonAlone {

    private JacksonAlone() {
    }

    public static void main(String[] args) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        RequestWriter.withLimits(LineLimits.OPENAI.withTokens(100)).write(
                List.of(BatchRequest.chat("a", "m", "Hello")).iterator(), Channels.newChannel(file));
        System.out.println(
                RequestValidator.withLimits(LineLimits.OPENAI).validate(Lines.stream(file.toByteArray())).isValid());
        System.out.println(Lines.answered("{\"choices\": [{\"text\": \"{\\\"value\\\": [17]}\"}]}").as(int[].class)[0]);
        refusal(() -> ChatBody.of("m").answer(String.class));
        refusal(TokenEstimator::tokenizer);
    }

    private static void refusal(Runnable optional) {
        try {
            optional.run();
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
    }
}
