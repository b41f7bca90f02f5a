/// The file of modules: what it says, and the settings that are made of it.
@NamedInterface("modules")
@NullMarked
package dev.sonde.blackbox.modules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
