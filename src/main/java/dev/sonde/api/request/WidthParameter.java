package dev.sonde.api.request;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The `width` of a drawing, in the OpenAPI document.
@Parameter(
        description = "The width of the drawing in pixels, 1030 by default",
        example = "390",
        schema = @Schema(type = "integer", minimum = "320", maximum = "2000"))
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface WidthParameter {}
