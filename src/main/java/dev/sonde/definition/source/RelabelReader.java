package dev.sonde.definition.source;

import dev.sonde.form.InvalidFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the relabelling rules of a source, with the defaults that Prometheus has. For one thread.
///
/// @param invalid takes what is wrong
record RelabelReader(InvalidFields invalid) {

    /// @param given no rules where absent
    List<RelabelRule> read(@Nullable List<SourceForm.Relabel> given) {
        List<RelabelRule> rules = new ArrayList<>();
        List<SourceForm.Relabel> all =
                Objects.requireNonNullElse(given, List.<SourceForm.Relabel>of());
        for (int i = 0; i < all.size(); i++) {
            String field = "relabel_configs[" + i + "]";
            SourceForm.Relabel each = all.get(i);
            RelabelAction action =
                    invalid.word(field + ".action", each.action(), RelabelAction.REPLACE);
            try {
                rules.add(rule(each, action));
            } catch (IllegalArgumentException e) {
                invalid.add(field, null, String.valueOf(e.getMessage()));
            }
        }
        return rules;
    }

    private static RelabelRule rule(SourceForm.Relabel form, RelabelAction action) {
        return new RelabelRule(
                Objects.requireNonNullElse(form.sourceLabels(), List.<String>of()),
                Objects.requireNonNullElse(form.separator(), ";"),
                form.targetLabel(),
                Objects.requireNonNullElse(form.regex(), "(.*)"),
                Objects.requireNonNullElse(form.modulus(), 0L),
                Objects.requireNonNullElse(form.replacement(), "$1"),
                action);
    }
}
