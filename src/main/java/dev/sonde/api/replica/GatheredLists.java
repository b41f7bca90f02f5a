package dev.sonde.api.replica;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.HeldView;
import dev.sonde.api.request.Query;
import dev.sonde.cluster.forward.ForwardedCall;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Gathered;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                    "/api/v1/checks", GatheredOrder.NEWEST_FIRST,
                    "/api/v1/listeners", GatheredOrder.BY_NAME);

    private final Forwarding forwarding;
    private final Replica self;
    private final JsonMapper mapper;

    GatheredLists(Forwarding forwarding, Replica self, JsonMapper mapper) {
        this.forwarding = forwarding;
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
        if (body instanceof HeldView view) {
            return view.heldBy(self.name());
        }
        if (body instanceof ProblemDocument
                || !(request instanceof ServletServerHttpRequest http)) {
            return body;
        }
        HttpServletRequest asked = http.getServletRequest();
        GatheredOrder order =
                asked.getMethod().equals("GET") ? ORDERS.get(asked.getRequestURI()) : null;
        if (body == null || order == null || ForwardedRequest.is(asked)) {
            return body;
        }
        // The tag is of this replica's part only.
        response.getHeaders().remove(HttpHeaders.ETAG);
        return gather(mapper.valueToTree(body), asked, order);
    }

    private ObjectNode gather(ObjectNode own, HttpServletRequest request, GatheredOrder order) {
        GatheredPage page = new GatheredPage(order);
        page.add(self.name(), own);
        for (Gathered part : parts(request)) {
            String body = part.body();
            if (body != null && mapper.readTree(body) instanceof ObjectNode read) {
                page.add(part.replica(), read);
            } else {
                page.addMissing(part.replica());
            }
        }
        String list = request.getRequestURI().substring("/api/v1/".length());
        return page.toTree(
                mapper.createObjectNode(),
                Query.limit(request.getParameter("limit")),
                last -> Optional.ofNullable(Cursor.of(list, last)).orElseThrow());
    }

    private List<Gathered> parts(HttpServletRequest request) {
        if (request.getHeader(HolderExchange.NO_FORWARD) != null) {
            return List.of();
        }
        try {
            return forwarding.gather(
                    ForwardedCall.get(
                            HolderExchange.target(request),
                            HolderExchange.headers(self, MediaType.APPLICATION_JSON_VALUE)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
