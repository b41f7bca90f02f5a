package dev.sonde.blackbox.modules;

import dev.sonde.dialogue.Action;
import dev.sonde.dialogue.Script;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.Handshake;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.SourceAddress;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `tcp` of a module, with the fields of blackbox_exporter. Every scalar is the text of the file,
/// because YAML's guesses at types differ from one reader to the next.
record TcpSection(
        @Nullable String preferredIpProtocol,
        @Nullable String ipProtocolFallback,
        @Nullable String sourceIpAddress,
        @Nullable String tls,
        @Nullable TlsSection tlsConfig,
        @Nullable List<@Nullable StepSection> queryResponse) {

    /// A connect and nothing more.
    static final TcpSection PLAIN = new TcpSection(null, null, null, null, null, null);

    /// The reason why this section is not supported; null when it is.
    @Nullable String unsupported() {
        if (sourceIpAddress != null && !sourceIpAddress.isEmpty() && source() == null) {
            return "source_ip_address: what is no address";
        }
        return needsTls() && tlsConfig != null ? tlsConfig.unsupported() : null;
    }

    /// Refuses what blackbox_exporter does not load either.
    ///
    /// @throws IllegalArgumentException with a sentence that names the field
    void check() {
        var _ = isTls();
        var _ = family();
        var _ = actions();
        if (tlsConfig != null) {
            tlsConfig.check();
        }
    }

    /// The entries; an empty one has no effect.
    private List<StepSection> entries() {
        List<@Nullable StepSection> given = queryResponse == null ? List.of() : queryResponse;
        List<StepSection> entries = new ArrayList<>();
        for (StepSection entry : given) {
            entries.add(entry == null ? StepSection.EMPTY : entry);
        }
        return entries;
    }

    private boolean needsTls() {
        return isTls() || entries().stream().anyMatch(StepSection::startsTls);
    }

    /// Whether TLS begins with the connection.
    boolean isTls() {
        return flag("tcp.tls", tls, false);
    }

    /// The settings of this section, if all of it is supported.
    ///
    /// @param timeout of the module; the usual one when absent
    ProbeSettings settings(@Nullable Duration timeout) {
        return new ProbeSettings(
                timeout == null
                        ? ProbeSettings.DEFAULT_TIMEOUT
                        : ProbeSettings.nearestTimeout(timeout),
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
        List<Action> actions = actions();
        if (!actions.isEmpty()) {
            steps.add(new DialogueSettings(new Script(actions, List.of()), isTls()));
        }
        return steps;
    }

    private List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        List<StepSection> entries = entries();
        for (int i = 0; i < entries.size(); i++) {
            actions.addAll(entries.get(i).actions(i + 1));
        }
        return actions;
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

    /// Null where the field is absent or is no address.
    private @Nullable SourceAddress source() {
        try {
            return sourceIpAddress == null || sourceIpAddress.isEmpty()
                    ? null
                    : SourceAddress.parse(sourceIpAddress);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// A YAML 1.1 boolean, as Go's reader accepts it.
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
