/// The sets that exist, and what they own.
@NamedInterface("catalog")
@NullMarked
package dev.sonde.definition.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
