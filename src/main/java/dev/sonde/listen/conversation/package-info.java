/// What a listener says on a connection, and when: a conversation for each behaviour.
@NullMarked
package dev.sonde.listen.conversation;

import org.jspecify.annotations.NullMarked;
