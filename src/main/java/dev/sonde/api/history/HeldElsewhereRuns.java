package dev.sonde.api.history;

import dev.sonde.api.replica.EveryReplica;
import dev.sonde.cluster.forward.Gathered;
import dev.sonde.history.ForeignRuns;
import dev.sonde.history.Held;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The runs that other replicas have only in memory. Each is asked, and waited for as for a list.
/// Called by the thread of a request, which may wait.
@Component
public final class HeldElsewhereRuns {

    static final String PATH = "/api/v1/status/held-runs";

    private static final Logger log = LoggerFactory.getLogger(HeldElsewhereRuns.class);

    private final EveryReplica replicas;
    private final JsonMapper mapper;

    HeldElsewhereRuns(EveryReplica replicas, JsonMapper mapper) {
        this.replicas = replicas;
        this.mapper = mapper;
    }

    /// The runs of one probe.
    public ForeignRuns of(String probe) {
        return ask("?probe=" + encoded(probe));
    }

    /// The runs of the probes that have these labels, as in the parameters of a query.
    public ForeignRuns ofAll(String @Nullable [] labels) {
        return ask(
                labels == null
                        ? ""
                        : Arrays.stream(labels)
                                .map(label -> "label=" + encoded(label))
                                .collect(Collectors.joining("&", "?", "")));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private ForeignRuns ask(String query) {
        if (!(RequestContextHolder.getRequestAttributes()
                instanceof ServletRequestAttributes attributes)) {
            return ForeignRuns.NONE;
        }
        List<ForeignRuns.Part> parts = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Gathered part : replicas.gather(attributes.getRequest(), "GET", PATH + query)) {
            Map<String, Held> read = read(part);
            if (read == null) {
                missing.add(part.replica());
            } else {
                parts.add(new ForeignRuns.Part(part.replica(), read));
            }
        }
        return new ForeignRuns(parts, missing);
    }

    /// Null where the replica did not answer, or in a form that this version cannot read.
    private @Nullable Map<String, Held> read(Gathered part) {
        if (part.body() == null) {
            return null;
        }
        try {
            Map<String, Held> probes = new HashMap<>();
            for (HeldRunsView view : mapper.readValue(part.body(), HeldRunsView[].class)) {
                probes.put(view.probe(), view.toHeld());
            }
            return probes;
        } catch (JacksonException | IllegalArgumentException e) {
            log.atWarn()
                    .addKeyValue("replica", part.replica())
                    .addKeyValue("cause", e.getMessage())
                    .log("the runs of another replica cannot be read");
            return null;
        }
    }
}
