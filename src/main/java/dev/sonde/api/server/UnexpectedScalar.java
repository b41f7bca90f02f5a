package dev.sonde.api.server;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.exc.InvalidFormatException;

/// Names the single value that came where an object or an array is expected.
final class UnexpectedScalar extends DeserializationProblemHandler {

    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context,
            JavaType wanted,
            JsonToken token,
            JsonParser parser,
            @Nullable String message) {
        return refuse(parser, wanted.getRawClass());
    }

    @Override
    public Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> wanted,
            @Nullable ValueInstantiator instantiator,
            JsonParser parser,
            String message) {
        return refuse(parser, wanted);
    }

    private static Object refuse(JsonParser parser, Class<?> wanted) {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isScalarValue()) {
            return NOT_HANDLED;
        }
        throw InvalidFormatException.from(parser, "not expected here", parser.getString(), wanted);
    }
}
