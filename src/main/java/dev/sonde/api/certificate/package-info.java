/// The built-in authority over HTTP.
@NullMarked
package dev.sonde.api.certificate;

import org.jspecify.annotations.NullMarked;
