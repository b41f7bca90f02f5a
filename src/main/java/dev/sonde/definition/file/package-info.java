/// Files that paths, globs and directories name.
@NullMarked
package dev.sonde.definition.file;

import org.jspecify.annotations.NullMarked;
