/// The forms in which results are printed.
@NullMarked
package dev.sonde.cli.report;

import org.jspecify.annotations.NullMarked;
