/// The terminal: where output goes, how wide and in which colours, and the keys that end a command.
@NullMarked
package dev.sonde.cli.terminal;

import org.jspecify.annotations.NullMarked;
