package dev.sonde.api.listener;

import dev.sonde.probe.spec.ResourceName;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The part of the path that names a listener.
@Parameter(
        description = "The listener's name",
        example = "slow-db",
        schema = @Schema(type = "string", pattern = ResourceName.PATTERN))
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface ListenerNameParameter {}
