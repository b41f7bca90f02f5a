/// Addresses of names: the look-ups and the order in which their answers are tried.
@NullMarked
package dev.sonde.attempt.name;

import org.jspecify.annotations.NullMarked;
