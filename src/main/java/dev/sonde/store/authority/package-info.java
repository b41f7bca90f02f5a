/// The built-in authority in the database, encrypted.
@NullMarked
package dev.sonde.store.authority;

import org.jspecify.annotations.NullMarked;
