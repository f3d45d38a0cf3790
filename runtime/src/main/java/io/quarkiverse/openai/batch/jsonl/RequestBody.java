package io.quarkiverse.openai.batch.jsonl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonValue;

import io.quarkiverse.openai.batch.model.Endpoint;

/**
 * The parameters of a request, by their names on the wire and in the order given. Immutable: every method gives a new body,
 * so that one can be the template of many. Parameters without a method of their own are set with {@link #with}.
 *
 * @param <B> the body's own type
 */
public abstract sealed class RequestBody<B extends RequestBody<B>>
        permits ChatBody, ResponsesBody, EmbeddingsBody, CompletionsBody, ModerationsBody {

    private final Map<String, Object> parameters;

    RequestBody(Map<String, Object> parameters) {
        this.parameters = parameters;
    }

    abstract B copy(Map<String, Object> parameters);

    /** The endpoint that takes such a body, as OpenAI names it. */
    public abstract Endpoint endpoint();

    /** All parameters; not modifiable. */
    @JsonValue
    public Map<String, Object> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * Sets any parameter.
     *
     * @param name as on the wire, such as {@code logit_bias}
     * @param value anything that Jackson serialises; null takes the parameter out
     */
    public B with(String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(parameters);
        if (value == null) {
            copy.remove(name);
        } else {
            copy.put(Objects.requireNonNull(name), value);
        }
        return copy(copy);
    }

    Object get(String name) {
        return parameters.get(name);
    }

    @Override
    public boolean equals(Object other) {
        return other != null && other.getClass() == getClass() && ((RequestBody<?>) other).parameters.equals(parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    /** The names of the parameters, not their values. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + parameters.keySet();
    }
}
