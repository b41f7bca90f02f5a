package dev.sonde.api.replica;

import dev.sonde.blackbox.ElsewhereAnswers;
import dev.sonde.cluster.forward.ForwardedCall;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Gathered;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads `/logs` of the other replicas.
@Component
final class GatheredLogs implements ElsewhereAnswers {

    /// Names the replicas whose part is missing.
    private static final String INCOMPLETE = "Sonde-Incomplete";

    private final Forwarding forwarding;
    private final Replica self;

    GatheredLogs(Forwarding forwarding, Replica self) {
        this.forwarding = forwarding;
        this.self = self;
    }

    @Override
    public List<String> texts(HttpServletRequest request, HttpServletResponse response) {
        if (!forwarding.isClustered()
                || ForwardedRequest.is(request)
                || request.getHeader(HolderRequest.NO_FORWARD) != null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Gathered part : parts(request)) {
            if (part.body() != null) {
                texts.add(part.body());
            } else if (request.getQueryString() == null) {
                missing.add(part.replica());
            }
        }
        if (!missing.isEmpty()) {
            response.setHeader(INCOMPLETE, String.join(", ", missing));
        }
        return texts;
    }

    private List<Gathered> parts(HttpServletRequest request) {
        try {
            return forwarding.gather(
                    ForwardedCall.get(
                            HolderRequest.target(request), HolderRequest.headers(self, "*/*")));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
