package dev.sonde.store.bytes;

import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.IcmpMessage;
import dev.sonde.probe.finding.TimelineEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kernel's account and the timeline, to and from bytes.
final class EvidenceCodec {

    private EvidenceCodec() {}

    static void write(RowOutput out, Evidence evidence) {
        out.text(evidence.source().name());
        out.text(name(evidence.state()));
        out.optionalNumber(evidence.rttMicros());
        out.optionalNumber(number(evidence.rttCoarse()));
        out.optionalNumber(evidence.synRetransmits());
        out.text(evidence.errno());
        out.text(name(evidence.refusedBy()));
        write(out, evidence.icmp());
        out.optionalNumber(evidence.mss());
        out.optionalNumber(evidence.pathMtu());
        Collection<Evidence.Option> options = evidence.options();
        out.number(options == null ? -1 : options.size());
        if (options != null) {
            options.forEach(option -> out.text(option.name()));
        }
    }

    static Evidence readEvidence(RowInput in) {
        return new Evidence(
                Evidence.Source.valueOf(in.text()),
                constant(Evidence.State.class, in.optionalText()),
                in.optionalNumber(),
                fact(in.optionalNumber()),
                in.optionalNumber(),
                in.optionalText(),
                constant(Evidence.RefusedBy.class, in.optionalText()),
                readIcmp(in),
                in.optionalNumber(),
                in.optionalNumber(),
                readOptions(in));
    }

    static void write(RowOutput out, List<TimelineEvent> timeline) {
        out.number(timeline.size());
        for (TimelineEvent event : timeline) {
            out.number(event.atMicros());
            out.text(event.side().name());
            out.text(event.kind().name());
            out.optionalNumber(event.lagMicros());
            Integer count = event.count();
            out.optionalNumber(count == null ? null : count.longValue());
            out.text(event.errno());
        }
    }

    static List<TimelineEvent> readTimeline(RowInput in) {
        int size = in.count();
        List<TimelineEvent> timeline = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            long atMicros = in.number();
            TimelineEvent.Side side = TimelineEvent.Side.valueOf(in.text());
            TimelineEvent.Kind kind = TimelineEvent.Kind.valueOf(in.text());
            Long lagMicros = in.optionalNumber();
            Long count = in.optionalNumber();
            timeline.add(
                    new TimelineEvent(
                            atMicros,
                            side,
                            kind,
                            lagMicros,
                            count == null ? null : count.intValue(),
                            in.optionalText()));
        }
        return timeline;
    }

    private static void write(RowOutput out, @Nullable IcmpMessage icmp) {
        out.number(icmp == null ? 0 : icmp.version());
        if (icmp != null) {
            out.number(icmp.type());
            out.number(icmp.code());
            out.text(icmp.from());
        }
    }

    private static @Nullable IcmpMessage readIcmp(RowInput in) {
        int version = in.count();
        return version == 0
                ? null
                : new IcmpMessage(version, in.count(), in.count(), in.optionalText());
    }

    private static @Nullable List<Evidence.Option> readOptions(RowInput in) {
        int size = in.count();
        if (size < 0) {
            return null;
        }
        List<Evidence.Option> options = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            options.add(Evidence.Option.valueOf(in.text()));
        }
        return options;
    }

    private static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    private static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String name) {
        return name == null ? null : Enum.valueOf(type, name);
    }

    private static @Nullable Long number(@Nullable Boolean fact) {
        return fact == null ? null : fact ? 1L : 0L;
    }

    private static @Nullable Boolean fact(@Nullable Long number) {
        return number == null ? null : number == 1;
    }
}
