package dev.sonde.api.document;

import dev.sonde.listen.spec.Behaviour;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The schemas of behaviours: one for each type with the fields that it has, told apart by `type`.
/// The types and their fields come from the records, so a new behaviour is described by itself.
final class BehaviourSchemas {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String FLAT = "Behaviour";
    private static final String STEP = "DialogueStep";
    private static final String LISTENER_STEP = "ListenerStep";

    /// A behaviour without them has no meaning.
    private static final Set<String> REQUIRED = Set.of("data", "steps", "to");

    private BehaviourSchemas() {}

    static void describe(Components components) {
        Schema<?> flat = components.getSchemas().get(FLAT);
        if (flat == null || flat.getProperties() == null) {
            return;
        }
        describeSteps(components);
        Schema<Object> any = new Schema<>();
        any.setDescription(flat.getDescription());
        Discriminator discriminator = new Discriminator().propertyName("type");
        for (Class<?> type : Behaviour.class.getPermittedSubclasses()) {
            String label = label(type);
            String name = type.getSimpleName() + FLAT;
            components.addSchemas(name, one(label, type, flat.getProperties()));
            any.addOneOfItem(new Schema<>().$ref(REFERENCE + name));
            discriminator.mapping(label, REFERENCE + name);
        }
        any.setDiscriminator(discriminator);
        components.addSchemas(FLAT, any);
    }

    @SuppressWarnings("rawtypes") // as the library has it
    private static Schema<?> one(String label, Class<?> type, Map<String, Schema> flat) {
        Schema<Object> schema = new Schema<>();
        schema.addType("object");
        schema.setDescription("The behaviour `" + label + "`");
        Schema<String> word = new Schema<>();
        word.addType("string");
        word.setDescription("The word of this behaviour");
        word.setEnum(List.of(label));
        schema.addProperty("type", word);
        schema.addRequiredItem("type");
        for (RecordComponent component : type.getRecordComponents()) {
            Schema<?> field = flat.get(component.getName());
            if (field != null) {
                schema.addProperty(component.getName(), field);
                if (REQUIRED.contains(component.getName())) {
                    schema.addRequiredItem(component.getName());
                }
            }
        }
        return schema;
    }

    /// A listener's step may close the connection, a probe's may not.
    @SuppressWarnings("rawtypes") // as the library has it
    private static void describeSteps(Components components) {
        Schema<?> both = components.getSchemas().get(STEP);
        Schema<?> flat = components.getSchemas().get(FLAT);
        if (both == null || flat == null || both.getProperties() == null) {
            return;
        }
        Schema<Object> listener = new Schema<>();
        listener.addType("object");
        listener.setDescription(both.getDescription());
        listener.setProperties(new LinkedHashMap<>(both.getProperties()));
        components.addSchemas(LISTENER_STEP, listener);
        Map<String, Schema> properties = new LinkedHashMap<>(both.getProperties());
        properties.remove("close");
        both.setProperties(properties);
        Schema<?> steps = flat.getProperties().get("steps");
        if (steps != null) {
            steps.setItems(new Schema<>().$ref(REFERENCE + LISTENER_STEP));
        }
    }

    /// `NeverAccept` is `never_accept`.
    private static String label(Class<?> type) {
        List<String> words = new ArrayList<>();
        for (String word : type.getSimpleName().split("(?=[A-Z])", -1)) {
            words.add(word.toLowerCase(Locale.ROOT));
        }
        return String.join("_", words);
    }
}
