package dev.sonde.api.result;

import dev.sonde.probe.finding.ProbeResult;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes a [ResultView] field by field, which is faster than the mapper. The output equals the
/// mapper's; a test compares them.
public final class ResultJson {

    /// Made when a result first needs it. A command whose results do not starts sooner.
    private static final class Mapper {
        private static final JsonMapper STEPS = JsonMapper.builder().build();
    }

    private ResultJson() {}

    public static void write(JsonGenerator json, ResultView result) {
        json.writeStartObject();
        writeResult(json, result);
        json.writeStringProperty("timelineUrl", result.timelineUrl());
        json.writeEndObject();
    }

    /// Writes a result that no server keeps: it has no URL.
    public static void writeUnkept(JsonGenerator json, ProbeResult result) {
        json.writeStartObject();
        writeResult(json, ResultView.ofUnkept(result));
        json.writeEndObject();
    }

    private static void writeResult(JsonGenerator json, ResultView result) {
        json.writeStringProperty("id", result.id().toString());
        writeText(json, "probe", result.probe());
        json.writeStringProperty("target", result.target());
        json.writeStringProperty("startedAt", result.startedAt().toString());
        writeFields(json, result.deciding());
        List<AttemptView> attempts = result.attempts();
        if (attempts != null) {
            json.writeArrayPropertyStart("attempts");
            for (AttemptView attempt : attempts) {
                json.writeStartObject();
                writeFields(json, attempt);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        write(json, "unmet", result.unmet());
        if (result.inMaintenance() != null) {
            json.writeBooleanProperty("inMaintenance", result.inMaintenance());
        }
        writeNumber(json, "latenessMicros", result.latenessMicros());
        writeText(json, "replica", result.replica());
    }

    private static void writeFields(JsonGenerator json, AttemptView attempt) {
        writeText(json, "remoteAddress", attempt.remoteAddress());
        writeText(json, "localAddress", attempt.localAddress());
        json.writeStringProperty("outcome", attempt.outcome());
        json.writeStringProperty("reason", attempt.reason());
        writeText(json, "phase", attempt.phase());
        writeText(json, "detail", attempt.detail());
        json.writeNumberProperty("tookMicros", attempt.tookMicros());
        json.writeArrayPropertyStart("phases");
        for (PhaseView phase : attempt.phases()) {
            json.writeStartObject();
            json.writeStringProperty("phase", phase.phase());
            json.writeNumberProperty("tookMicros", phase.tookMicros());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeEvidence(json, attempt.evidence());
        writeTimeline(json, attempt.timeline());
        writeSteps(json, attempt.steps());
        write(json, "path", attempt.path());
    }

    /// Few results have any, so the mapper may do it.
    private static void writeSteps(JsonGenerator json, StepsView steps) {
        write(json, "tls", steps.tls());
        write(json, "dialogue", steps.dialogue());
        write(json, "observe", steps.observe());
        write(json, "hold", steps.hold());
        write(json, "flood", steps.flood());
    }

    private static void write(JsonGenerator json, String name, @Nullable Object step) {
        if (step != null) {
            json.writeName(name);
            json.writeRawValue(Mapper.STEPS.writeValueAsString(step));
        }
    }

    private static void writeEvidence(JsonGenerator json, EvidenceView evidence) {
        json.writeObjectPropertyStart("evidence");
        json.writeStringProperty("source", evidence.source());
        writeText(json, "state", evidence.state());
        writeNumber(json, "rttMicros", evidence.rttMicros());
        Boolean coarse = evidence.rttCoarse();
        if (coarse != null) {
            json.writeBooleanProperty("rttCoarse", coarse);
        }
        writeNumber(json, "synRetransmits", evidence.synRetransmits());
        writeText(json, "errno", evidence.errno());
        writeText(json, "refusedBy", evidence.refusedBy());
        writeIcmp(json, evidence.icmp());
        writeNumber(json, "mss", evidence.mss());
        writeNumber(json, "pathMtu", evidence.pathMtu());
        Collection<String> options = evidence.options();
        if (options != null) {
            json.writeArrayPropertyStart("options");
            options.forEach(json::writeString);
            json.writeEndArray();
        }
        write(json, "asked", evidence.asked());
        write(json, "resolve", evidence.resolve());
        json.writeEndObject();
    }

    private static void writeIcmp(JsonGenerator json, EvidenceView.@Nullable IcmpView icmp) {
        if (icmp != null) {
            json.writeObjectPropertyStart("icmp");
            json.writeNumberProperty("version", icmp.version());
            json.writeNumberProperty("type", icmp.type());
            json.writeNumberProperty("code", icmp.code());
            writeText(json, "from", icmp.from());
            json.writeEndObject();
        }
    }

    private static void writeTimeline(
            JsonGenerator json, @Nullable List<TimelineEventView> timeline) {
        if (timeline == null) {
            return;
        }
        json.writeArrayPropertyStart("timeline");
        for (TimelineEventView event : timeline) {
            json.writeStartObject();
            json.writeNumberProperty("atMicros", event.atMicros());
            json.writeStringProperty("side", event.side());
            json.writeStringProperty("event", event.event());
            writeNumber(json, "lagMicros", event.lagMicros());
            Integer count = event.count();
            if (count != null) {
                json.writeNumberProperty("count", count);
            }
            writeText(json, "errno", event.errno());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeNumber(JsonGenerator json, String name, @Nullable Long value) {
        if (value != null) {
            json.writeNumberProperty(name, value);
        }
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }
}
