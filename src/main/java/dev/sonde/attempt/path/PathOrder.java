package dev.sonde.attempt.path;

import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.probe.path.PathSettings;
import dev.sonde.probe.spec.SourceAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The target of a walk and its limits.
///
/// @param isReset whether a connection that the target accepts is ended with a RST
/// @param isHalfOpen whether the final ACK is withheld where the target answers
public record PathOrder(
        InetSocketAddress remote,
        PathSettings settings,
        @Nullable SourceAddress source,
        boolean isReset,
        boolean isHalfOpen,
        ConnectErrors errors) {}
