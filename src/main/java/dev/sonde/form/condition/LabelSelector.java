package dev.sonde.form.condition;

import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.probe.spec.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which labels something must have: `team=payments`, or must not have: `team!=mail`.
public final class LabelSelector {

    private final List<Condition> conditions;

    private record Condition(String name, String value, boolean isEqual) {

        boolean holds(Map<String, String> labels) {
            return value.equals(labels.get(name)) == isEqual;
        }
    }

    private LabelSelector(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /// Reads conditions, all of which must hold.
    ///
    /// @param texts each one condition
    /// @throws InvalidRequestException when one is none of the two forms
    public static LabelSelector of(String @Nullable [] texts) {
        List<Condition> conditions = new ArrayList<>();
        for (String text : texts == null ? new String[0] : texts) {
            int equals = text.indexOf('=');
            boolean isEqual = equals < 1 || text.charAt(equals - 1) != '!';
            int end = isEqual ? equals : equals - 1;
            if (end < 1) {
                throw new InvalidRequestException(
                        List.of(
                                InvalidField.of(
                                        "label",
                                        text,
                                        "a label is written like team=payments or team!=mail, not \""
                                                + Excerpt.of(text)
                                                + "\"")));
            }
            conditions.add(
                    new Condition(text.substring(0, end), text.substring(equals + 1), isEqual));
        }
        return new LabelSelector(conditions);
    }

    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    public boolean matches(Map<String, String> labels) {
        for (Condition condition : conditions) {
            if (!condition.holds(labels)) {
                return false;
            }
        }
        return true;
    }
}
