/// The caller of a request that another replica forwarded.
@NamedInterface("forwarded")
@NullMarked
package dev.sonde.security.forwarded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
