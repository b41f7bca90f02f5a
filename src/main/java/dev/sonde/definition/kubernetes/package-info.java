/// Targets from the objects of a Kubernetes cluster.
@NullMarked
package dev.sonde.definition.kubernetes;

import org.jspecify.annotations.NullMarked;
