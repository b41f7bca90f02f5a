package dev.sonde.api.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.definition.SourceStatus;
import dev.sonde.definition.source.SourceSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The latest reading of a source, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
record SourceStatusView(
        String set,
        boolean readHere,
        int targets,
        int probes,
        int rejected,
        List<String> rejections,
        @Nullable Instant lastSuccess,
        @Nullable String problem) {

    /// Each source as it is written, with its status.
    static List<Object> of(Map<SourceSpec, SourceStatus> sources) {
        List<Object> views = new ArrayList<>();
        sources.forEach(
                (spec, status) -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    spec.written()
                            .properties()
                            .forEach(each -> view.put(each.getKey(), each.getValue()));
                    view.put("name", spec.name());
                    view.put("status", of(status));
                    views.add(view);
                });
        return views;
    }

    private static SourceStatusView of(SourceStatus status) {
        return new SourceStatusView(
                status.set(),
                status.isHere(),
                status.targets(),
                status.probes(),
                status.rejected(),
                status.rejections(),
                status.lastSuccess(),
                status.problem());
    }
}
