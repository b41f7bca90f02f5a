/// The ports of the store of definitions in documents.
@NamedInterface("keeping")
@NullMarked
package dev.sonde.definition.keeping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
