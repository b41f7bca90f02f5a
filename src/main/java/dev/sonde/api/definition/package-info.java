/// Sets of definitions over HTTP.
@NullMarked
package dev.sonde.api.definition;

import org.jspecify.annotations.NullMarked;
