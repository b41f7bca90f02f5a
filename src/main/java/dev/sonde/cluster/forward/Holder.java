package dev.sonde.cluster.forward;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One start of a replica, as the database knows it.
///
/// @param forward host, port and context path for forwarded requests; absent where it takes none
public record Holder(UUID member, String name, @Nullable String forward) {}
