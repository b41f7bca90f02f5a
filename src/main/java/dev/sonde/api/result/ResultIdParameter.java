package dev.sonde.api.result;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The part of the path that names a result.
@Parameter(
        description = "The result's id",
        example = "01a1fc0d-840c-781d-b9db-d4a62866882f",
        schema = @Schema(type = "string", format = "uuid"))
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface ResultIdParameter {}
