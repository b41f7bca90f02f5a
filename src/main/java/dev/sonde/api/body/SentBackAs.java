package dev.sonde.api.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the view that answers show of what a request defines. A client may send the view back: its
/// fields that are marked read-only are ignored then.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SentBackAs {

    /// The record of the view.
    Class<? extends Record> value();
}
