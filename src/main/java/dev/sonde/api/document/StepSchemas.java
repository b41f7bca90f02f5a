package dev.sonde.api.document;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/// The schemas of dialogue steps: a listener's step may close the connection, a probe's may not.
final class StepSchemas {

    private static final String STEP = "DialogueStep";
    private static final String LISTENER_STEP = "ListenerStep";
    private static final String DIALOGUE = "DialogueBehaviour";

    private StepSchemas() {}

    @SuppressWarnings("rawtypes") // as the library has it
    static void describe(Components components) {
        Schema<?> both = components.getSchemas().get(STEP);
        Schema<?> dialogue = components.getSchemas().get(DIALOGUE);
        if (both == null || dialogue == null || both.getProperties() == null) {
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
        Schema<?> steps = dialogue.getProperties().get("steps");
        if (steps != null) {
            steps.setItems(new Schema<>().$ref("#/components/schemas/" + LISTENER_STEP));
        }
    }
}
