package io.quarkiverse.openai.batch.model;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;

/**
 * What should be an object and is none is absent, as {@link WireModule} makes scalars absent: a value costs itself, not the
 * whole answer. A list stays an error, since an unreadable listing must not pass for an empty one.
 */
final class OddValues extends DeserializationProblemHandler {

    @Override
    public Object handleUnexpectedToken(DeserializationContext context, JavaType type, JsonToken token, JsonParser parser,
            String message) throws IOException {
        if (type.isCollectionLikeType()) {
            return NOT_HANDLED;
        }
        parser.skipChildren();
        return null;
    }

    @Override
    public Object handleMissingInstantiator(DeserializationContext context, Class<?> type, ValueInstantiator instantiator,
            JsonParser parser, String message) throws IOException {
        parser.skipChildren();
        return null;
    }
}
