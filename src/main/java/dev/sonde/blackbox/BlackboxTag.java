package dev.sonde.blackbox;

/// The tag of the drop-in's operations in the OpenAPI document.
public final class BlackboxTag {

    /// The operations with this tag answer in plain text, errors included, because
    /// blackbox_exporter's clients expect it.
    public static final String NAME = "Blackbox";

    static final String DESCRIPTION = "A drop-in for blackbox_exporter's tcp prober";

    static final String METRICS =
            """
            # HELP probe_success Displays whether or not the probe was a success
            # TYPE probe_success gauge
            probe_success 1
            """;

    static final String CONFIG =
            """
            modules:
              tcp_connect:
                prober: tcp
            """;

    private BlackboxTag() {}
}
