/// The trusted authorities of a TLS handshake as a person writes them.
@NullMarked
package dev.sonde.form.trust;

import org.jspecify.annotations.NullMarked;
