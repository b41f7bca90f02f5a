/// What a caller is told that cannot be done, as RFC 9457 has it: the documents, the exceptions
/// that lead to them, and the list of fields that are wrong.
@NamedInterface("problem")
@NullMarked
package dev.sonde.api.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
