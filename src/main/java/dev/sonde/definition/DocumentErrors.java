package dev.sonde.definition;

import dev.sonde.form.InvalidField;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.problem.UnreadableBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Errors in one document, with their lines where it is YAML. For one thread.
final class DocumentErrors {

    private final List<InvalidField> found = new ArrayList<>();
    private final @Nullable DocumentLines lines;

    DocumentErrors(@Nullable DocumentLines lines) {
        this.lines = lines;
    }

    boolean isFull() {
        return found.size() >= InvalidFields.MOST;
    }

    void add(List<String> path, String message) {
        add(path, new InvalidField("", null, message));
    }

    /// @param path of the definition
    /// @param field with its path in the definition
    void add(List<String> path, InvalidField field) {
        if (isFull()) {
            return;
        }
        List<String> whole = Stream.concat(path.stream(), steps(field.field())).toList();
        String separator = path.isEmpty() || field.field().isEmpty() ? "" : ".";
        found.add(
                InvalidField.of(
                                String.join(".", path) + separator + field.field(),
                                field.value(),
                                field.message())
                        .atLine(lines == null ? null : lines.line(whole)));
    }

    /// Notes what the reading of one definition finds wrong.
    void collect(List<String> path, Runnable reading) {
        try {
            reading.run();
        } catch (JacksonException e) {
            add(path, UnreadableBody.field(e));
        } catch (InvalidRequestException e) {
            e.fields().forEach(field -> add(path, field));
        } catch (IllegalArgumentException | ListenerException e) {
            add(path, String.valueOf(e.getMessage()));
        }
    }

    /// As [#collect], of a definition in a list.
    ///
    /// @param place such as `sources[0]`
    void collect(String place, Runnable reading) {
        DocumentErrors own = new DocumentErrors(null);
        own.collect(List.of(), reading);
        own.found.forEach(
                field ->
                        add(
                                List.of(),
                                InvalidField.of(
                                        field.field().isEmpty()
                                                ? place
                                                : place + "." + field.field(),
                                        field.value(),
                                        field.message())));
    }

    private static Stream<String> steps(String field) {
        return Arrays.stream(field.split("[.\\[\\]]+")).filter(step -> !step.isEmpty());
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidRequestException(found);
        }
    }
}
