/// The receivers of notifications, as they are configured.
@NamedInterface("receiver")
@NullMarked
package dev.sonde.notification.receiver;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
