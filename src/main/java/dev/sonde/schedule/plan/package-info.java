/// The part of the schedule on an event loop: the probes, their due times, states and figures.
@NamedInterface("plan")
@NullMarked
package dev.sonde.schedule.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
