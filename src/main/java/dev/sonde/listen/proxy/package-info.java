/// A proxied connection: a client and an upstream, joined by two directions with their faults.
@NullMarked
package dev.sonde.listen.proxy;

import org.jspecify.annotations.NullMarked;
