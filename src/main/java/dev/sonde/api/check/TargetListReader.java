package dev.sonde.api.check;

import dev.sonde.check.TargetList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;

/// Reads a list of targets without an object for each. Errors are those of a list of strings.
final class TargetListReader extends StdDeserializer<TargetList> {

    TargetListReader() {
        super(TargetList.class);
    }

    @Override
    public TargetList deserialize(JsonParser parser, DeserializationContext context) {
        JavaType text = context.constructType(String.class);
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            JavaType list =
                    context.getTypeFactory().constructCollectionType(List.class, String.class);
            return (TargetList) context.handleUnexpectedToken(list, parser);
        }
        ValueDeserializer<Object> texts = context.findRootValueDeserializer(text);
        TargetList.Builder targets = new TargetList.Builder();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            try {
                targets.add(
                        parser.currentToken() == JsonToken.VALUE_NULL
                                ? TargetList.NULL
                                : (String) texts.deserialize(parser, context));
            } catch (JacksonException e) {
                throw DatabindException.wrapWithPath(
                        context, e, new JacksonException.Reference(TargetList.class, i));
            }
        }
        return targets.build();
    }
}
