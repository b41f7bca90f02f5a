/// Sonde: can a TCP endpoint be reached, and if not, why. One package below this is one room of the
/// house.
@NullMarked
package dev.sonde;

import org.jspecify.annotations.NullMarked;
