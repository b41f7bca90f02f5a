package dev.sonde.api.request;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The parameter that says how long a page is.
@Parameter(
        description = "Items on a page",
        schema =
                @Schema(
                        type = "integer",
                        format = "int32",
                        minimum = "1",
                        maximum = "1000",
                        defaultValue = "100"))
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface LimitParameter {}
