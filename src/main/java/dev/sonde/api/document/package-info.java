/// The API's description as clients and generators read it, made after the operations described
/// themselves.
@NullMarked
package dev.sonde.api.document;

import org.jspecify.annotations.NullMarked;
