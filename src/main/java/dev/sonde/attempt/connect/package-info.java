/// One socket's connect: what is asked of the kernel, what it answers, and what that means.
@NullMarked
package dev.sonde.attempt.connect;

import org.jspecify.annotations.NullMarked;
