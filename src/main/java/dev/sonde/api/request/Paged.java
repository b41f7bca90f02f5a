package dev.sonde.api.request;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The description of a [PageView] with items of the annotated type, in the API's document.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Paged {

    /// The name of the page's schema, which generated clients use as the name of a type.
    String name();

    /// The description of the page.
    String value();

    /// The order of the items.
    String order();

    /// A cursor of the next page; empty for a schema without one.
    String cursor() default "";

    /// The replicas that did not answer; empty for a list that is not gathered.
    String gathered() default "";
}
