/// How HTTP is served: the connector, limits of bodies, JSON, the OpenAPI document.
@NullMarked
package dev.sonde.api.server;

import org.jspecify.annotations.NullMarked;
