package dev.sonde.api.check;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The part of the path that names a check.
@Parameter(
        description = "The check's id",
        example = "cf7c7779-b99b-417a-92c2-19a3b53c7384",
        schema = @Schema(type = "string", format = "uuid"))
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface CheckIdParameter {}
