package dev.sonde.definition;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.ProbeChange;
import dev.sonde.schedule.SetChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The difference between a set before and after a document.
///
/// @param created names
/// @param changed with the fields that differ
/// @param deleted names
/// @param unchanged how many stay as they are
public record SetResult(
        List<String> created, List<Changed> changed, List<String> deleted, int unchanged) {

    /// Nothing is different, and nothing was compared.
    public static final SetResult NONE = new SetResult(List.of(), List.of(), List.of(), 0);

    /// @param fields finds the fields that differ
    static SetResult of(SetChange probes, ListenerPlan plan, ChangedFields fields) {
        List<String> created = new ArrayList<>();
        List<Changed> changed = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        for (ProbeChange change : probes.changes()) {
            ProbeDefinition before = change.before();
            ProbeDefinition after = change.after();
            if (before != null && after != null) {
                changed.add(new Changed(after.name(), fields.of(before.spec(), after.spec())));
            } else if (after != null) {
                created.add(after.name());
            } else if (before != null) {
                deleted.add(before.name());
            }
        }
        plan.created().forEach(spec -> created.add(spec.name()));
        plan.changed()
                .forEach(
                        each ->
                                changed.add(
                                        new Changed(
                                                each.after().name(),
                                                fields.of(each.before().spec(), each.after()))));
        plan.deleted().forEach(each -> deleted.add(each.spec().name()));
        return new SetResult(created, changed, deleted, probes.unchanged() + plan.unchanged());
    }

    /// The same with more that is deleted.
    SetResult alsoDeleted(List<String> names) {
        return new SetResult(
                created,
                changed,
                Stream.concat(deleted.stream(), names.stream()).toList(),
                unchanged);
    }

    /// The same with the changes of another part of the set.
    SetResult plus(SetResult part) {
        return new SetResult(
                Stream.concat(created.stream(), part.created.stream()).toList(),
                Stream.concat(changed.stream(), part.changed.stream()).toList(),
                Stream.concat(deleted.stream(), part.deleted.stream()).toList(),
                unchanged + part.unchanged);
    }

    /// One definition that is replaced.
    ///
    /// @param fields paths in the definition, such as `settings.timeout`
    public record Changed(String name, List<String> fields) {}
}
