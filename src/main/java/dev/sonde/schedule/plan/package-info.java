/// What lives on an event loop of the schedule: the probes, when they run, their states and
/// figures.
@NamedInterface("plan")
@NullMarked
package dev.sonde.schedule.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
