package dev.sonde.form;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.node.ObjectNode;

/// Reads a behaviour beside which a probability may stand.
public final class BehaviourFormReader extends ValueDeserializer<BehaviourForm> {

    private static final String PROBABILITY = "probability";
    private static final String OTHERWISE = "otherwise";

    /// The two fields that may stand beside those of any behaviour.
    private record Draw(
            @Nullable Double probability,
            @JsonDeserialize(using = BehaviourFormReader.class)
                    @Nullable BehaviourForm otherwise) {}

    @Override
    public BehaviourForm deserialize(JsonParser parser, DeserializationContext context) {
        JsonNode tree = context.readTree(parser);
        if (!(tree instanceof ObjectNode object)
                || !(object.has(PROBABILITY) || object.has(OTHERWISE))) {
            return context.readTreeAsValue(tree, BehaviourForm.class);
        }
        ObjectNode drawn = context.getNodeFactory().objectNode();
        for (String field : new String[] {PROBABILITY, OTHERWISE}) {
            JsonNode value = object.get(field);
            if (value != null) {
                drawn.set(field, value);
                object.remove(field);
            }
        }
        Draw draw = context.readTreeAsValue(drawn, Draw.class);
        BehaviourForm usual = context.readTreeAsValue(object, BehaviourForm.class);
        return new ChanceForm(usual, draw.probability(), draw.otherwise());
    }

    @Override
    public Object deserializeWithType(
            JsonParser parser, DeserializationContext context, TypeDeserializer type) {
        return deserialize(parser, context);
    }
}
