/// Maintenances over HTTP.
@NullMarked
package dev.sonde.api.maintenance;

import org.jspecify.annotations.NullMarked;
