package io.quarkiverse.openai.batch.model;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;

/**
 * What should be an object and is none is absent, as {@link WireModule} makes scalars absent: a value costs itself, not the
 * whole answer. Jackson itself parses a number of any length for its message. A list stays an error, since an unreadable
 * listing must not pass for an empty one.
 */
final class WireObjects extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription bean,
            JsonDeserializer<?> deserializer) {
        if (deserializer instanceof BeanDeserializerBase ofBean) {
            ValueInstantiator made = ofBean.getValueInstantiator();
            return new ObjectOnly(deserializer, made.canCreateUsingDelegate() || made.canCreateUsingArrayDelegate());
        }
        return deserializer;
    }

    private static final class ObjectOnly extends DelegatingDeserializer {

        private static final long serialVersionUID = 1L;

        private final boolean orArray;

        ObjectOnly(JsonDeserializer<?> object, boolean orArray) {
            super(object);
            this.orArray = orArray;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> other) {
            return new ObjectOnly(other, orArray);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() == JsonToken.START_OBJECT || orArray && parser.currentToken() == JsonToken.START_ARRAY) {
                return super.deserialize(parser, context);
            }
            parser.skipChildren();
            return null;
        }
    }
}
