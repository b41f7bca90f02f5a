/// The commands that ask a server.
@NullMarked
package dev.sonde.cli.remote;

import org.jspecify.annotations.NullMarked;
