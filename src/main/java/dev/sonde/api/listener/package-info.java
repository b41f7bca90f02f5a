/// Managed listeners over HTTP.
@NullMarked
package dev.sonde.api.listener;

import org.jspecify.annotations.NullMarked;
