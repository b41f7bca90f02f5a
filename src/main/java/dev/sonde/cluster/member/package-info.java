/// The members of the group: their channel over JGroups, its sockets, and its messages.
@NamedInterface("member")
@NullMarked
package dev.sonde.cluster.member;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
