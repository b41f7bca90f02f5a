package dev.sonde.api.timeline;

import dev.sonde.api.timeline.ConnectionSteps.Party;
import dev.sonde.api.timeline.ConnectionSteps.Step;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.probe.spec.AddressText;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The drawing of a connection that a listener accepted: client, Sonde and, for a proxy, the
/// upstream, on one clock.
public final class ConnectionDrawing {

    private static final int LEFT = 160;
    private static final int LANE = 300;
    private static final int TOP = 110;
    private static final int ROW = 34;
    private static final int RIGHT = 160;

    private final SvgCanvas svg = new SvgCanvas();

    private ConnectionDrawing() {}

    /// The drawing as an SVG document.
    ///
    /// @param listener the name of the listener
    public static String of(String listener, ConnectionView seen) {
        return new ConnectionDrawing().draw(listener, seen);
    }

    private String draw(String listener, ConnectionView seen) {
        List<Step> steps = seen.timeline().stream().map(ConnectionSteps::of).toList();
        List<Party> parties =
                Arrays.stream(Party.values())
                        .filter(party -> party != Party.UPSTREAM || seen.upstream() != null)
                        .toList();
        int width = LEFT + LANE * (parties.size() - 1) + RIGHT;
        int height = TOP + ROW * Math.max(1, steps.size()) + 30;
        String title = "%s, connection %d: %s".formatted(listener, seen.id(), end(seen.end()));
        svg.begin(width, height, title);
        svg.text("ink name", 20, 28, "start", title);
        svg.text("quiet", 20, 48, "start", bytes(seen));
        for (Party party : parties) {
            lifeline(party, seen, height);
        }
        for (int row = 0; row < steps.size(); row++) {
            arrow(steps.get(row), TOP + ROW * (row + 1) - 6);
        }
        return svg.end();
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
                "from the client %d bytes, to it %d"
                        .formatted(seen.in().bytes(), seen.out().bytes());
        return upstream == null
                ? own
                : own
                        + "; from the upstream %d bytes, to it %d"
                                .formatted(upstream.in().bytes(), upstream.out().bytes());
    }

    private void lifeline(Party party, ConnectionView seen, int height) {
        int x = x(party);
        svg.text("ink name", x, TOP - 36, "middle", party.name().toLowerCase(Locale.ROOT));
        svg.text("quiet", x, TOP - 20, "middle", address(party, seen));
        svg.lifeline(x, TOP - 14, height - 14);
    }

    private static String address(Party party, ConnectionView seen) {
        ConnectionView.Upstream upstream = seen.upstream();
        InetSocketAddress address =
                switch (party) {
                    case CLIENT -> seen.remote();
                    case SONDE -> seen.local();
                    case UPSTREAM -> upstream == null ? null : upstream.remote();
                };
        return address == null ? "no address" : AddressText.of(address);
    }

    private void arrow(Step step, int y) {
        svg.text("quiet", 20, y + 4, "start", step.time());
        int from = x(step.from());
        int to = x(step.to());
        if (from == to) {
            svg.text("ink", from + 8, y - 5, "start", step.label());
        } else {
            svg.arrow(from, to, y, false);
            svg.text("ink", (from + to) / 2, y - 6, "middle", step.label());
        }
    }

    private static int x(Party party) {
        return switch (party) {
            case CLIENT -> LEFT;
            case SONDE -> LEFT + LANE;
            case UPSTREAM -> LEFT + 2 * LANE;
        };
    }
}
