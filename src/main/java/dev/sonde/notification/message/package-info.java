/// The values of notifications, and the port to the store that keeps them.
@NamedInterface("message")
@NullMarked
package dev.sonde.notification.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
