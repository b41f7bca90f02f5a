package dev.sonde.api.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The answer of an operation that lists items: a page of them.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface PageAnswer {

    /// The description of the answer.
    String value();

    /// The type of the items, which has the description of its pages.
    Class<?> of();

    /// The resource with an example.
    String example();

    String status() default "200";
}
