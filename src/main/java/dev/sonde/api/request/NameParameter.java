package dev.sonde.api.request;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The part of the path that names a probe.
@Parameter(
        description = "The probe's name",
        example = "orders-db",
        schema = @Schema(type = "string", pattern = "[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?"))
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface NameParameter {}
