/// The times of a probe as a person writes them, against its interval.
@NullMarked
package dev.sonde.form.timing;

import org.jspecify.annotations.NullMarked;
