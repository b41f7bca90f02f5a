package dev.sonde.cli.local;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sonde.form.BehaviourForm;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;

/// The values of `type` in a behaviour, for a shell's completion. They are read when one asks.
final class BehaviourNames implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(BehaviourForm.class.getPermittedSubclasses())
                .map(form -> form.getAnnotation(JsonTypeName.class))
                .filter(Objects::nonNull)
                .map(JsonTypeName::value)
                .iterator();
    }
}
