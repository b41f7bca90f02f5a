/// The commands that probe and listen from this process.
@NullMarked
package dev.sonde.cli.local;

import org.jspecify.annotations.NullMarked;
