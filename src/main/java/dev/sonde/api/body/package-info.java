/// Request and response bodies: JSON and YAML to and from what controllers take.
@NullMarked
package dev.sonde.api.body;

import org.jspecify.annotations.NullMarked;
