/// Expectations on a probe's runs, and the conditions that a run missed. It knows no other part of
/// a probe.
@NamedInterface("expect")
@NullMarked
package dev.sonde.probe.expect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
