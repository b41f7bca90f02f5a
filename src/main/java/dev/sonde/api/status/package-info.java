/// State for people without a token: badges and the status of all probes.
@NullMarked
package dev.sonde.api.status;

import org.jspecify.annotations.NullMarked;
