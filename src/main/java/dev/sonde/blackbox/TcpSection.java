package dev.sonde.blackbox;

import dev.sonde.dialogue.Action;
import dev.sonde.dialogue.Script;
import dev.sonde.probe.AddressFamily;
import dev.sonde.probe.AddressSelection;
import dev.sonde.probe.CloseMode;
import dev.sonde.probe.DialogueSettings;
import dev.sonde.probe.Handshake;
import dev.sonde.probe.ProbeSettings;
import dev.sonde.probe.StepSettings;
import dev.sonde.probe.Target;
import dev.sonde.probe.TlsSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `tcp` of a module, as blackbox_exporter has it. Every scalar is the text that stands in the
/// file, because YAML's guesses at types differ from one reader to the next.
record TcpSection(
        @Nullable String preferredIpProtocol,
        @Nullable String ipProtocolFallback,
        @Nullable String sourceIpAddress,
        @Nullable String tls,
        @Nullable TlsSection tlsConfig,
        @Nullable List<StepSection> queryResponse) {

    /// A connect and nothing more.
    static final TcpSection PLAIN = new TcpSection(null, null, null, null, null, null);

    /// What of it cannot be done here; null when all can.
    @Nullable String unsupported() {
        long handshakes = entries().stream().filter(StepSection::startsTls).count();
        if (handshakes + (isTls() ? 1 : 0) > 1) {
            return "query_response: starttls inside of TLS";
        }
        return needsTls() && tlsConfig != null ? tlsConfig.unsupported() : null;
    }

    private List<StepSection> entries() {
        return queryResponse == null ? List.of() : queryResponse;
    }

    private boolean needsTls() {
        return isTls() || entries().stream().anyMatch(StepSection::startsTls);
    }

    /// Whether TLS begins with the connection.
    boolean isTls() {
        return flag("tcp.tls", tls, false);
    }

    /// What it asks for.
    ///
    /// @param timeout of the module; the usual one when absent
    /// @throws IllegalArgumentException with a sentence that names the field
    ProbeSettings settings(@Nullable Duration timeout) {
        return new ProbeSettings(
                timeout == null ? ProbeSettings.DEFAULT_TIMEOUT : ProbeTimeout.possible(timeout),
                AddressSelection.FIRST,
                family(),
                source(),
                CloseMode.FIN,
                Handshake.FULL,
                steps());
    }

    private List<StepSettings> steps() {
        List<StepSettings> steps = new ArrayList<>();
        if (needsTls()) {
            steps.add(tlsSettings());
        }
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < entries().size(); i++) {
            actions.addAll(entries().get(i).actions(i + 1));
        }
        if (!actions.isEmpty()) {
            steps.add(new DialogueSettings(new Script(actions, List.of())));
        }
        return steps;
    }

    private TlsSettings tlsSettings() {
        return tlsConfig == null ? TlsSettings.DEFAULT : tlsConfig.settings();
    }

    /// `ip6` unless something else is said, and anything else means `ip4`: as blackbox_exporter
    /// reads it.
    private AddressFamily family() {
        boolean isV6 =
                preferredIpProtocol == null
                        || preferredIpProtocol.isEmpty()
                        || preferredIpProtocol.equals("ip6");
        if (flag("ip_protocol_fallback", ipProtocolFallback, true)) {
            return isV6 ? AddressFamily.PREFER_IPV6 : AddressFamily.PREFER_IPV4;
        }
        return isV6 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    }

    private @Nullable InetAddress source() {
        if (sourceIpAddress == null || sourceIpAddress.isEmpty()) {
            return null;
        }
        return new Target(sourceIpAddress, 1)
                .address()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "tcp.source_ip_address: an address, not a name"));
    }

    /// A YAML 1.1 boolean, as Go's reader has it where it expects one.
    static boolean flag(String field, @Nullable String text, boolean usual) {
        if (text == null) {
            return usual;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "on" -> true;
            case "false", "no", "n", "off" -> false;
            default -> throw new IllegalArgumentException(field + ": true or false is expected");
        };
    }
}
