/// Conversations of listeners: one for each behaviour.
@NullMarked
package dev.sonde.listen.conversation;

import org.jspecify.annotations.NullMarked;
