package dev.sonde.probe.expect;

/// A bound of one figure of a run.
///
/// @param bound in the unit of the measure
/// @param text as a person wrote it, such as `<50ms`
public record Condition(Measure measure, Relation relation, long bound, String text) {

    public boolean holds(long found) {
        return relation.holds(found, bound);
    }
}
