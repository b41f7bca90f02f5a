package dev.sonde.api.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The closed list that a field's word is from.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WordOf {

    /// The list, which the schema of the field shows.
    ClosedList value();
}
