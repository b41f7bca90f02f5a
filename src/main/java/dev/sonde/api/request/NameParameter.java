package dev.sonde.api.request;

import dev.sonde.probe.spec.ResourceName;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/// The part of the path that names a probe.
@Parameter(
        description = "The probe's name",
        schema = @Schema(type = "string", pattern = ResourceName.PATTERN))
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface NameParameter {

    /// A name in the examples of the description.
    @AliasFor(annotation = Parameter.class, attribute = "example")
    String example() default "orders-db";
}
