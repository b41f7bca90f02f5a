/// Sonde reports whether a TCP endpoint can be reached and, if not, why. Each package below this is
/// one part, a "room".
@NullMarked
package dev.sonde;

import org.jspecify.annotations.NullMarked;
