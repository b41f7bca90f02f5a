package dev.sonde.api.timeline;

import dev.sonde.api.timeline.ConnectionSteps.End;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.probe.spec.AddressText;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The drawing of a connection that a listener accepted: client, Sonde and, for a proxy, the
/// upstream, on one clock.
public final class ConnectionDrawing {

    private static final int MARGIN = 12;

    private ConnectionDrawing() {}

    /// The drawing as an SVG document.
    ///
    /// @param listener the name of the listener
    /// @param width in pixels, within the bounds of [TimelineDrawing]
    public static String of(String listener, ConnectionView seen, int width) {
        SvgCanvas svg = new SvgCanvas();
        String title = "%s, connection %d: %s".formatted(listener, seen.id(), end(seen.end()));
        Heading heading =
                new Heading(svg, MARGIN, width - 2 * MARGIN, MARGIN)
                        .add("ink name", title)
                        .add("quiet", bytes(seen));
        addresses(seen).forEach((end, text) -> heading.add("quiet", word(end) + " " + text));
        int bottom =
                new SequenceDiagram<>(svg, 0, width, heading.end(), names(seen))
                        .draw(ConnectionSteps.of(seen.timeline()));
        return svg.document(width, bottom + MARGIN, title);
    }

    private static String end(@Nullable ConnectionEnd end) {
        return end == null
                ? "open"
                : "ended by %s (%s)"
                        .formatted(
                                end.endedBy().name().toLowerCase(Locale.ROOT),
                                end.label().replace('_', ' '));
    }

    private static String bytes(ConnectionView seen) {
        ConnectionView.Upstream upstream = seen.upstream();
        String own =
                "from the client %s bytes, to it %s"
                        .formatted(
                                Figures.count(seen.in().bytes()),
                                Figures.count(seen.out().bytes()));
        return upstream == null
                ? own
                : own
                        + "; from the upstream %s bytes, to it %s"
                                .formatted(
                                        Figures.count(upstream.in().bytes()),
                                        Figures.count(upstream.out().bytes()));
    }

    private static Map<End, List<String>> names(ConnectionView seen) {
        Map<End, List<String>> names = new EnumMap<>(End.class);
        addresses(seen).keySet().forEach(end -> names.put(end, List.of(word(end))));
        return names;
    }

    private static Map<End, String> addresses(ConnectionView seen) {
        Map<End, String> addresses = new EnumMap<>(End.class);
        addresses.put(End.CLIENT, AddressText.of(seen.remote()));
        addresses.put(End.SONDE, AddressText.of(seen.local()));
        ConnectionView.Upstream upstream = seen.upstream();
        if (upstream != null) {
            InetSocketAddress remote = upstream.remote();
            addresses.put(End.UPSTREAM, remote == null ? "no address" : AddressText.of(remote));
        }
        return addresses;
    }

    private static String word(End end) {
        return end.name().toLowerCase(Locale.ROOT);
    }
}
