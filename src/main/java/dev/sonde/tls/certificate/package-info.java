/// Certificates and keys: the built-in authority, PEM files, what is trusted, and what is wrong
/// with them.
@NamedInterface("certificate")
@NullMarked
package dev.sonde.tls.certificate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
