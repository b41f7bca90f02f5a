package dev.sonde.form;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.ObjectNode;

/// Writes a probability inside the object of the behaviour that it belongs to.
final class ChanceFormWriter extends ValueSerializer<ChanceForm> {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Override
    public void serialize(ChanceForm value, JsonGenerator out, SerializationContext context) {
        ObjectNode tree = MAPPER.valueToTree(value.usual());
        tree.putPOJO("probability", value.probability());
        tree.set("otherwise", MAPPER.valueToTree(value.otherwise()));
        context.writeTree(out, tree);
    }

    @Override
    public void serializeWithType(
            ChanceForm value,
            JsonGenerator out,
            SerializationContext context,
            TypeSerializer type) {
        serialize(value, out, context);
    }
}
