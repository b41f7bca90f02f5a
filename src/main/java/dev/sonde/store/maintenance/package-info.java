/// Maintenances in SQL, and the results in their windows.
@NullMarked
package dev.sonde.store.maintenance;

import org.jspecify.annotations.NullMarked;
