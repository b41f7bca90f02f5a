/// The questions beyond a run that send packets of their own: the path of SYNs and of data, other
/// source ports, and another port of the host.
@NullMarked
package dev.sonde.attempt.path;

import org.jspecify.annotations.NullMarked;
