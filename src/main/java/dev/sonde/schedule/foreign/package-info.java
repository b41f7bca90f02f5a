/// The definitions of probes that other replicas run, in a file.
@NullMarked
package dev.sonde.schedule.foreign;

import org.jspecify.annotations.NullMarked;
