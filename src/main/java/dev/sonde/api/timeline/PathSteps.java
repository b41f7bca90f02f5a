package dev.sonde.api.timeline;

import dev.sonde.api.timeline.DiagramStep.Fate;
import dev.sonde.probe.path.PathReport;
import dev.sonde.probe.path.PathReport.Hop;
import java.util.ArrayList;
import java.util.List;

/// The hops of a path as steps of the diagram; silent hops in a row are one step.
final class PathSteps {

    private PathSteps() {}

    static List<DiagramStep<Party>> of(PathReport path) {
        List<DiagramStep<Party>> steps = new ArrayList<>();
        List<Hop> hops = path.hops();
        int first = 0;
        while (first < hops.size()) {
            int last = first;
            while (isSilent(hops.get(first))
                    && last + 1 < hops.size()
                    && isSilent(hops.get(last + 1))) {
                last++;
            }
            steps.add(step(hops.get(first), hops.get(last)));
            first = last + 1;
        }
        return steps;
    }

    private static boolean isSilent(Hop hop) {
        return hop.rttMicros() == null;
    }

    private static DiagramStep<Party> step(Hop first, Hop last) {
        Long micros = first.rttMicros();
        if (micros == null) {
            String ttls =
                    first.ttl() == last.ttl()
                            ? String.valueOf(first.ttl())
                            : first.ttl() + "-" + last.ttl();
            return new DiagramStep<>(
                    null,
                    Party.KERNEL,
                    Party.NETWORK,
                    "SYN, TTL " + ttls + ": no answer",
                    Fate.IS_LOST);
        }
        PathReport.Message icmp = first.icmp();
        String address = first.address() == null ? "an unknown address" : first.address();
        String answer =
                icmp == null
                        ? "TCP from " + address
                        : "ICMP %d/%d from %s".formatted(icmp.type(), icmp.code(), address);
        return new DiagramStep<>(
                null,
                icmp == null ? Party.PEER : Party.NETWORK,
                Party.KERNEL,
                "TTL %d: %s (RTT %s)".formatted(first.ttl(), answer, Figures.time(micros)),
                Fate.ARRIVES);
    }
}
