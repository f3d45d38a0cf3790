package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

import io.quarkiverse.openai.batch.jsonl.TokenEstimator;

/** Keeps the optional tokenizer library apart, so that the other classes load without it. */
public final class Tokenizer implements TokenEstimator {

    private static final int MAX_MODELS = 100;

    private final EncodingRegistry registry = Encodings.newLazyEncodingRegistry();
    private final Encoding latest = registry.getEncoding(EncodingType.O200K_BASE);
    private final Map<String, Encoding> encodings = new ConcurrentHashMap<>();

    @Override
    public long tokens(String model, String text) {
        return encoding(model).countTokensOrdinary(text);
    }

    private Encoding encoding(String model) {
        if (model == null || encodings.size() >= MAX_MODELS && !encodings.containsKey(model)) {
            return latest;
        }
        return encodings.computeIfAbsent(model, name -> registry.getEncodingForModel(name).orElse(latest));
    }
}
