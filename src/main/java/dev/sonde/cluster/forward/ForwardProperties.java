package dev.sonde.cluster.forward;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Requests that replicas forward to each other, `sonde.cluster.*`.
///
/// @param forwardPort TCP port, on `bind-address`, for requests that other replicas forward; 7801
///     by default. 0 means any free port, as by default while `port` is 0
/// @param membersName the DNS name, among the subject alternative names, that the certificate of
///     every replica has
/// @param forwardConnections connections to one other replica at once, from 1
@Validated
@ConfigurationProperties("sonde.cluster")
public record ForwardProperties(
        @Nullable @Min(0) @Max(65_535) Integer forwardPort,
        @DefaultValue("sonde-members") @NotBlank String membersName,
        @DefaultValue("100") @Min(1) @Max(10_000) int forwardConnections) {

    private static final int USUAL_PORT = 7_801;

    /// The port to bind.
    ///
    /// @param memberPort the port of the group
    public int port(int memberPort) {
        if (forwardPort != null) {
            return forwardPort;
        }
        return memberPort == 0 ? 0 : USUAL_PORT;
    }
}
