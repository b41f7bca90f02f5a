/// The walk of SYNs along the path to a target, one TTL after the other.
@NullMarked
package dev.sonde.attempt.path;

import org.jspecify.annotations.NullMarked;
