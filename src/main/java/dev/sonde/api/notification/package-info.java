/// Notifications in the API.
@NullMarked
package dev.sonde.api.notification;

import org.jspecify.annotations.NullMarked;
