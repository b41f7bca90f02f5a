package dev.sonde.store;

import dev.sonde.store.embedded.RowChecksum;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.FaultEffect;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.RecordingLimits;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.TlsServerSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.StdConverter;

/// A listener to and from its row. What it was asked for is JSON, so that it can grow; its names
/// are those of the records' components, and a test holds them to what was written before.
final class ListenerRow {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addMixIn(Behaviour.class, Kinds.class)
                    .addMixIn(FaultEffect.class, FaultKinds.class)
                    .addMixIn(Behaviour.Proxy.class, ProxyRow.class)
                    // What a later version brought is absent in what an earlier one wrote.
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    /// How the kinds of behaviour are told apart.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "close", value = Behaviour.Close.class),
        @JsonSubTypes.Type(name = "reset", value = Behaviour.Reset.class),
        @JsonSubTypes.Type(name = "discard", value = Behaviour.Discard.class),
        @JsonSubTypes.Type(name = "echo", value = Behaviour.Echo.class),
        @JsonSubTypes.Type(name = "hold", value = Behaviour.Hold.class),
        @JsonSubTypes.Type(name = "banner", value = Behaviour.Banner.class),
        @JsonSubTypes.Type(name = "dialogue", value = Behaviour.Dialogue.class),
        @JsonSubTypes.Type(name = "stream", value = Behaviour.Stream.class),
        @JsonSubTypes.Type(name = "stall", value = Behaviour.Stall.class),
        @JsonSubTypes.Type(name = "never_accept", value = Behaviour.NeverAccept.class),
        @JsonSubTypes.Type(name = "queue_full", value = Behaviour.QueueFull.class),
        @JsonSubTypes.Type(name = "half_establish", value = Behaviour.HalfEstablish.class),
        @JsonSubTypes.Type(name = "refuse", value = Behaviour.Refuse.class),
        @JsonSubTypes.Type(name = "proxy", value = Behaviour.Proxy.class)
    })
    private interface Kinds {}

    /// How the kinds of fault are told apart.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "latency", value = FaultEffect.Latency.class),
        @JsonSubTypes.Type(name = "bandwidth", value = FaultEffect.Bandwidth.class),
        @JsonSubTypes.Type(name = "slicer", value = FaultEffect.Slicer.class),
        @JsonSubTypes.Type(name = "slow_close", value = FaultEffect.SlowClose.class),
        @JsonSubTypes.Type(name = "blackhole", value = FaultEffect.Blackhole.class),
        @JsonSubTypes.Type(name = "reset", value = FaultEffect.Reset.class),
        @JsonSubTypes.Type(name = "limit", value = FaultEffect.Limit.class),
        @JsonSubTypes.Type(name = "stall", value = FaultEffect.Stall.class)
    })
    private interface FaultKinds {}

    /// The settings of TLS have a row of their own.
    private interface ProxyRow {

        @JsonSerialize(converter = ToTlsRow.class)
        @JsonDeserialize(converter = FromTlsRow.class)
        TlsSettings tls();
    }

    private static final class ToTlsRow extends StdConverter<TlsSettings, TlsRow> {
        @Override
        public TlsRow convert(TlsSettings settings) {
            return TlsRow.of(settings);
        }
    }

    private static final class FromTlsRow extends StdConverter<TlsRow, TlsSettings> {
        @Override
        public TlsSettings convert(TlsRow row) {
            return row.toSettings();
        }
    }

    /// [ListenerSpec] as it is kept.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Definition(
            String bind,
            int backlog,
            Behaviour behaviour,
            Limits limits,
            @Nullable Duration ttl,
            RecordingLimits record,
            @Nullable TlsServerSettings tls,
            @Nullable Map<String, String> labels) {

        static Definition of(ListenerSpec spec) {
            return new Definition(
                    AddressText.of(spec.bind()),
                    spec.backlog(),
                    spec.behaviour(),
                    spec.limits(),
                    spec.ttl(),
                    spec.record(),
                    spec.tls(),
                    spec.labels().isEmpty() ? null : spec.labels());
        }

        ListenerSpec toSpec(String name) {
            return new ListenerSpec(
                    name,
                    address(bind),
                    backlog,
                    behaviour,
                    limits,
                    ttl,
                    record,
                    tls,
                    labels == null ? Map.of() : labels);
        }
    }

    private ListenerRow() {}

    /// In the order of the statement of [SqlListenerStore].
    static @Nullable Object[] of(StoredListener listener) {
        InetSocketAddress address = listener.address();
        String name = listener.spec().name();
        String definition = definition(listener.spec());
        long since = DefinitionRow.micros(listener.since());
        boolean paused = listener.paused();
        String text = address == null ? null : AddressText.of(address);
        long checksum = RowChecksum.of(name, definition, since, paused, text);
        return new @Nullable Object[] {name, definition, since, paused, text, checksum};
    }

    static StoredListener read(ResultSet row) throws SQLException {
        String address = row.getString("address");
        return new StoredListener(
                spec(row.getString("name"), row.getString("definition")),
                DefinitionRow.instant(row, "since"),
                row.getBoolean("paused"),
                address == null ? null : address(address));
    }

    static String definition(ListenerSpec spec) {
        return JSON.writeValueAsString(Definition.of(spec));
    }

    static ListenerSpec spec(String name, String definition) {
        return JSON.readValue(definition, Definition.class).toSpec(name);
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon);
        String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new InetSocketAddress(
                InetAddress.ofLiteral(literal), Integer.parseInt(text.substring(colon + 1)));
    }
}
