package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Chance;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.node.ObjectNode;

/// One of two behaviours, in requests and answers: its fields stand inside the object of the usual
/// one.
@JsonSerialize(using = ChanceForm.Writer.class)
@Schema(name = "Chance", description = "One of two behaviours, drawn for each connection")
record ChanceForm(
        @JsonIgnore @Schema(hidden = true) BehaviourForm usual,
        @Schema(
                        description = "The share of connections that meet it, beside otherwise",
                        minimum = "0",
                        maximum = "1",
                        example = "0.05")
                @Nullable Double probability,
        @JsonDeserialize(using = BehaviourFormReader.class)
                @Schema(
                        description =
                                "The behaviour that the other connections meet, beside probability")
                @Nullable BehaviourForm otherwise)
        implements BehaviourForm {

    @Override
    public @Nullable Behaviour toBehaviour(String path, InvalidFields invalid) {
        if (probability == null) {
            invalid.add(path + ".probability", null, "a number from 0 to 1, beside otherwise");
        }
        if (otherwise == null) {
            invalid.add(
                    path + ".otherwise",
                    null,
                    "a behaviour for the connections that are not drawn");
        }
        Behaviour first = BehaviourForm.read(path, usual, invalid);
        Behaviour second =
                otherwise == null
                        ? null
                        : BehaviourForm.read(path + ".otherwise", otherwise, invalid);
        return first == null || second == null || probability == null
                ? null
                : new Chance(first, probability, second);
    }

    @Override
    public BehaviourForm withoutSent() {
        return new ChanceForm(
                usual.withoutSent(),
                probability,
                otherwise == null ? null : otherwise.withoutSent());
    }

    /// Writes a probability inside the object of the behaviour that it belongs to.
    static final class Writer extends ValueSerializer<ChanceForm> {

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
}
