package dev.sonde.api.replica;

import dev.sonde.cluster.forward.ForwardException;
import dev.sonde.cluster.forward.ForwardedAnswer;
import dev.sonde.cluster.forward.ForwardedCall;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Holder;
import dev.sonde.cluster.forward.Whereabouts;
import dev.sonde.definition.SetParts;
import dev.sonde.definition.SetResult;
import dev.sonde.form.ListenerForm;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.probe.keeping.HeldElsewhereException;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The parts of a set at other replicas. Each is changed by a forwarded PUT with the mark of a
/// part. A second one reports that its rows are written. They are called by the thread of the
/// request for the whole set.
@Component
public final class ForwardedSetParts implements SetParts {

    private static final Logger log = LoggerFactory.getLogger(ForwardedSetParts.class);
    private static final String MARK = "Sonde-Part";
    private static final String LISTENERS = "listeners";
    private static final String WRITTEN = "written";
    private static final int OK = 200;

    private final Forwarding forwarding;
    private final ForeignListeners foreign;
    private final Replica self;
    private final JsonMapper mapper;

    ForwardedSetParts(
            Forwarding forwarding, ForeignListeners foreign, Replica self, JsonMapper mapper) {
        this.forwarding = forwarding;
        this.foreign = foreign;
        this.self = self;
        this.mapper = mapper;
    }

    /// Whether the request is for the listeners of the replica that receives it. The mark counts on
    /// the port for replicas only.
    public static boolean isPart(HttpServletRequest request) {
        return ForwardedRequest.is(request) && request.getHeader(MARK) != null;
    }

    /// Whether such a request reports that the rows of a part are written.
    public static boolean isWritten(HttpServletRequest request) {
        return isPart(request) && WRITTEN.equals(request.getHeader(MARK));
    }

    @Override
    public SetResult put(String set, Part part, boolean isDryRun) {
        return switch (forwarding.placeAt(part.replica())) {
            case Whereabouts.There(Holder holder) when mayForward(holder) ->
                    send(holder, call(set, part, LISTENERS, isDryRun));
            case Whereabouts.Gone(String replica) -> endLost(replica, part);
            case Whereabouts.There _, Whereabouts.Here _ ->
                    throw new HeldElsewhereException(part.replica());
        };
    }

    @Override
    public void written(String set, Part part) {
        try {
            if (forwarding.placeAt(part.replica()) instanceof Whereabouts.There(Holder holder)) {
                var _ = send(holder, call(set, part, WRITTEN, false));
            }
        } catch (ProblemException e) {
            log.atDebug()
                    .addKeyValue("set", set)
                    .addKeyValue("replica", part.replica())
                    .addKeyValue("cause", e.getMessage())
                    .log("a replica does not know yet that its rows are written");
        }
    }

    private boolean mayForward(Holder holder) {
        return forwarding.reaches(holder)
                && RequestContextHolder.getRequestAttributes()
                        instanceof ServletRequestAttributes attributes
                && !ForwardedRequest.is(attributes.getRequest())
                && attributes.getRequest().getHeader(HolderRequest.NO_FORWARD) == null;
    }

    /// Listeners of a replica that never returns end with their set, which removes their rows.
    private SetResult endLost(String replica, Part part) {
        if (!part.after().isEmpty() || !foreign.isLost(replica)) {
            throw new ReplicaGoneException(replica);
        }
        List<String> names = List.copyOf(part.before().keySet());
        return new SetResult(List.of(), List.of(), names, 0);
    }

    private ForwardedCall call(String set, Part part, String mark, boolean isDryRun) {
        Map<String, ListenerForm> listeners = new TreeMap<>();
        part.after().forEach((name, spec) -> listeners.put(name, ListenerForm.of(spec)));
        Map<String, String> headers = HolderRequest.headers(self, MediaType.APPLICATION_JSON_VALUE);
        headers.put("Content-Type", MediaType.APPLICATION_JSON_VALUE);
        headers.put(MARK, mark);
        return new ForwardedCall(
                "PUT",
                "/api/v1/definitions/" + set + "?dryRun=" + isDryRun,
                headers,
                ByteBuffer.wrap(mapper.writeValueAsBytes(Map.of("listeners", listeners))));
    }

    private SetResult send(Holder holder, ForwardedCall call) {
        try (ForwardedAnswer answer = forwarding.send(holder, call)) {
            JsonNode body = mapper.readTree(answer.body().readAllBytes());
            if (answer.status() != OK) {
                throw refused(holder, answer.status(), body);
            }
            return result(body);
        } catch (ForwardException e) {
            throw HolderExchange.problem(e, holder);
        } catch (IOException _) {
            throw new ProblemException(
                    ProblemType.REPLICA_UNREACHABLE,
                    "replica " + holder.name() + " was lost within its answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    ProblemType.OVERLOADED, "the service stops; repeat the request");
        }
    }

    /// The holder's problem, in the answer for the whole set.
    private static ProblemException refused(Holder holder, int status, JsonNode problem) {
        String type = problem.path("type").asString("");
        return new ProblemException(
                Arrays.stream(ProblemType.values())
                        .filter(each -> type.equals(String.valueOf(each.because("").type())))
                        .findFirst()
                        .orElse(ProblemType.of(status)),
                "replica " + holder.name() + ": " + problem.path("detail").asString(""));
    }

    private static SetResult result(JsonNode body) {
        return new SetResult(
                texts(body.path("created")),
                body.path("changed")
                        .valueStream()
                        .map(
                                each ->
                                        new SetResult.Changed(
                                                each.path("name").asString(),
                                                texts(each.path("fields"))))
                        .toList(),
                texts(body.path("deleted")),
                body.path("unchanged").asInt());
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
