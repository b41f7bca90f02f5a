package dev.sonde.api.request;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/// The header that names the version which is to be changed.
@Parameter(name = "If-Match", in = ParameterIn.HEADER, schema = @Schema(type = "string"))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface IfMatchParameter {

    /// The purpose of the header.
    @AliasFor(annotation = Parameter.class, attribute = "description")
    String value() default "Only this version; * for any";
}
