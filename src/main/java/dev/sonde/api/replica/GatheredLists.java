package dev.sonde.api.replica;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.HeldView;
import dev.sonde.api.request.Query;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Gathered;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Completes the lists of what each replica holds with the parts of the others. One that does not
/// answer within a second is named in `incomplete`. A single process needs none of it.
@ControllerAdvice
final class GatheredLists implements ResponseBodyAdvice<Object> {

    private static final Map<String, GatheredOrder> ORDERS =
            Map.of(
                    HeldResource.CHECKS.path(), GatheredOrder.NEWEST_FIRST,
                    HeldResource.LISTENERS.path(), GatheredOrder.BY_NAME);

    private static final Pattern CONNECTIONS =
            Pattern.compile(HeldResource.LISTENERS.path("([^/]+)/connections"));

    private final Forwarding forwarding;
    private final EveryReplica replicas;
    private final Replica self;
    private final JsonMapper mapper;

    GatheredLists(Forwarding forwarding, EveryReplica replicas, Replica self, JsonMapper mapper) {
        this.forwarding = forwarding;
        this.replicas = replicas;
        this.self = self;
        this.mapper = mapper;
    }

    @Override
    public boolean supports(
            MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return forwarding.isClustered();
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof HeldView view && !view.hasPartOfEach()) {
            return view.heldBy(self.name());
        }
        if (body == null
                || body instanceof ProblemDocument
                || !(request instanceof ServletServerHttpRequest http)
                || ForwardedRequest.is(http.getServletRequest())) {
            return body;
        }
        HttpServletRequest asked = http.getServletRequest();
        if (body instanceof HeldView) {
            return complete(mapper.valueToTree(body), asked);
        }
        GatheredOrder order =
                asked.getMethod().equals("GET") ? order(asked.getServletPath()) : null;
        if (order == null) {
            return body;
        }
        // The tag is of this replica's part only.
        response.getHeaders().remove(HttpHeaders.ETAG);
        return gather(mapper.valueToTree(body), asked, order);
    }

    private @Nullable GatheredOrder order(String path) {
        Matcher connections = CONNECTIONS.matcher(path);
        return connections.matches() && replicas.haveAll(connections.group(1))
                ? GatheredOrder.BY_NUMBER
                : ORDERS.get(path);
    }

    /// The view of a listener that every replica opens, with the part of each.
    private ObjectNode complete(ObjectNode own, HttpServletRequest request) {
        String path = HeldResource.LISTENERS.path(own.path("name").asString(""));
        ObjectNode whole = ReplicaParts.begin(own, self.name());
        List<String> missing = new ArrayList<>();
        for (Gathered part : replicas.gather(request, "GET", path)) {
            String body = part.body();
            if (body != null && mapper.readTree(body) instanceof ObjectNode read) {
                ReplicaParts.add(whole, read, part.replica());
            } else {
                missing.add(part.replica());
            }
        }
        if (!missing.isEmpty()) {
            missing.forEach(whole.putArray("incomplete")::add);
        }
        return whole;
    }

    private ObjectNode gather(ObjectNode own, HttpServletRequest request, GatheredOrder order) {
        GatheredPage page = new GatheredPage(order);
        page.add(self.name(), own);
        for (Gathered part : replicas.gather(request, "GET", HolderRequest.target(request))) {
            String body = part.body();
            if (body != null && mapper.readTree(body) instanceof ObjectNode read) {
                page.add(part.replica(), read);
            } else {
                page.addMissing(part.replica());
            }
        }
        String list = request.getServletPath().substring("/api/v1/".length());
        return page.toTree(
                mapper.createObjectNode(),
                Query.limit(request.getParameter("limit")),
                last -> Optional.ofNullable(Cursor.of(list, last)).orElseThrow());
    }
}
