package dev.sonde.api.server;

import dev.sonde.problem.UnreadableBody;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.module.SimpleModule;

/// Reads a single value without conversion: `"5"` is no number. Unlike the library's own readers,
/// its error names the value that came instead.
final class StrictScalar<T> extends StdScalarDeserializer<T> {

    private final Class<T> type;
    private final Set<JsonToken> tokens;
    private final Function<JsonParser, T> read;

    private StrictScalar(Class<T> type, Set<JsonToken> tokens, Function<JsonParser, T> read) {
        super(type);
        this.type = type;
        this.tokens = tokens;
        this.read = read;
    }

    /// Readers of all the types that requests are made of.
    static SimpleModule module() {
        Set<JsonToken> text = Set.of(JsonToken.VALUE_STRING);
        Set<JsonToken> number = Set.of(JsonToken.VALUE_NUMBER_INT);
        Set<JsonToken> decimal = Set.of(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT);
        Set<JsonToken> flag = Set.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE);
        SimpleModule module = new SimpleModule("strict scalars");
        add(module, new StrictScalar<>(String.class, text, JsonParser::getString));
        add(module, new StrictScalar<>(Integer.class, number, JsonParser::getIntValue));
        add(module, new StrictScalar<>(Long.class, number, JsonParser::getLongValue));
        add(module, new StrictScalar<>(Double.class, decimal, JsonParser::getDoubleValue));
        add(module, new StrictScalar<>(Boolean.class, flag, JsonParser::getBooleanValue));
        return module;
    }

    private static <T> void add(SimpleModule module, StrictScalar<T> reader) {
        module.addDeserializer(reader.type, reader);
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
        JsonToken token = parser.currentToken();
        if (!token.isScalarValue()) {
            return type.cast(context.handleUnexpectedToken(getValueType(context), parser));
        }
        try {
            if (tokens.contains(token) && !isHalf(token, parser)) {
                return read.apply(parser);
            }
        } catch (InputCoercionException _) {
            // Out of range: reported below, as every other wrong value.
        }
        throw InvalidFormatException.from(parser, "not expected here", parser.getString(), type);
    }

    /// Whether a text is not one of Unicode. The database would keep another one.
    private static boolean isHalf(JsonToken token, JsonParser parser) {
        return token == JsonToken.VALUE_STRING && UnreadableBody.isHalf(parser.getString());
    }
}
