package dev.sonde.api.request;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The parameter that says where a page starts.
@Parameter(
        description = "The `next` of an earlier page; the first page when absent",
        schema = @Schema(type = "string", maxLength = 128))
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface CursorParameter {}
