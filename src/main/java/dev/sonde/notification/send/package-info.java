/// The ways to a receiver: one attempt each.
@NullMarked
package dev.sonde.notification.send;

import org.jspecify.annotations.NullMarked;
