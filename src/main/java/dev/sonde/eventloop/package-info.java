/// The shared NIO selector service: the only room that touches [java.nio.channels.Selector].
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.sonde.eventloop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
