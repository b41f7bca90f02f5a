/// Notifications in SQL: episodes, what receivers were sent of them, and messages on their way.
@NullMarked
package dev.sonde.store.notification;

import org.jspecify.annotations.NullMarked;
