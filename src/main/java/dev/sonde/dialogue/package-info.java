/// Dialogues of a listener or a probe: the steps, and the machine that follows them over bytes. No
/// sockets, no clock.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.dialogue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
