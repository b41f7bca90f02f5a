package dev.sonde.api.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.definition.SourceStatus;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.definition.source.WrittenSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

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

    /// Each source with its status.
    ///
    /// @param shown the part of a source that the caller may see
    static List<Object> of(
            Map<SourceSpec, SourceStatus> sources, Function<WrittenSource, ObjectNode> shown) {
        List<Object> views = new ArrayList<>();
        sources.forEach(
                (spec, status) -> {
                    Map<String, Object> view = new LinkedHashMap<>();
                    shown.apply(spec.written())
                            .properties()
                            .forEach(each -> view.put(each.getKey(), each.getValue()));
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
