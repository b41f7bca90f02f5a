/// The refusal to start an open service that nobody declared.
@NullMarked
package dev.sonde.security.undecided;

import org.jspecify.annotations.NullMarked;
