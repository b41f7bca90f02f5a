package dev.sonde.api.replica;

import dev.sonde.cluster.forward.ForwardException;
import dev.sonde.cluster.forward.ForwardedAnswer;
import dev.sonde.cluster.forward.ForwardedCall;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Holder;
import dev.sonde.cluster.forward.Whereabouts;
import dev.sonde.probe.keeping.HeldElsewhereException;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.problem.AuditNote;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Has the holder answer a request, and passes its answer on as it arrives. One hop at most.
@Component
final class HolderExchange {

    private static final Logger log = LoggerFactory.getLogger(HolderExchange.class);

    private static final List<String> RESPONSE_HEADERS =
            List.of(
                    "Allow",
                    "Cache-Control",
                    "Content-Disposition",
                    "Content-Location",
                    "Content-Type",
                    "ETag",
                    "Location",
                    "Retry-After",
                    "Sonde-Version",
                    "X-Accel-Buffering");

    private static final int BUFFER_BYTES = 8_192;

    private final Forwarding forwarding;
    private final HolderRequest requests;

    HolderExchange(Forwarding forwarding, Replica self) {
        this.forwarding = forwarding;
        this.requests = new HolderRequest(self);
    }

    /// Answers a request in the name of the holder.
    ///
    /// @return false where this replica is to answer
    /// @throws HeldElsewhereException where the request is not to be forwarded
    /// @throws InterruptedException when the caller is to stop
    boolean answer(Whereabouts place, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        return switch (place) {
            case Whereabouts.Here() -> false;
            case Whereabouts.Gone(String replica) -> throw gone(replica);
            case Whereabouts.There(Holder holder) -> {
                requireFirstHop(holder, request);
                if (request.getHeader(HolderRequest.NO_FORWARD) != null
                        || !forwarding.reaches(holder)) {
                    throw new HeldElsewhereException(holder.name());
                }
                pass(holder, requests.of(request), request, response);
                yield true;
            }
        };
    }

    private static void requireFirstHop(Holder holder, HttpServletRequest request) {
        if (ForwardedRequest.is(request)) {
            throw new ProblemException(
                    ProblemType.FORWARDED_TWICE,
                    "replica %s forwarded the request, and replica %s has it"
                            .formatted(
                                    request.getHeader(HolderRequest.FORWARDED_BY), holder.name()));
        }
    }

    private void pass(
            Holder holder,
            ForwardedCall call,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        AuditNote.add(request, "replica", holder.name());
        try (ForwardedAnswer answer = forwarding.send(holder, call)) {
            response.setStatus(answer.status());
            for (String name : RESPONSE_HEADERS) {
                answer.header(name).ifPresent(value -> response.setHeader(name, value));
            }
            answer.header("Content-Length")
                    .ifPresent(length -> response.setContentLengthLong(Long.parseLong(length)));
            copy(answer.body(), request, response);
        } catch (ForwardException e) {
            throw problem(e, holder);
        }
    }

    /// Bytes that arrived are sent on before the next wait.
    private static void copy(
            InputStream body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        OutputStream out = response.getOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = read(body, buffer, request); read >= 0; ) {
            out.write(buffer, 0, read);
            if (body.available() == 0) {
                out.flush();
            }
            read = read(body, buffer, request);
        }
    }

    private static int read(InputStream body, byte[] buffer, HttpServletRequest request) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a holder was lost within its answer");
            ForwardedRequest.breakOff(request);
            return -1;
        }
    }

    private static RuntimeException gone(String replica) {
        return new ReplicaGoneException(replica);
    }

    static RuntimeException problem(ForwardException e, Holder holder) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.reason()) {
            case GONE -> gone(holder.name());
            case UNREACHABLE -> new ProblemException(ProblemType.REPLICA_UNREACHABLE, detail);
            case BUSY -> new ProblemException(ProblemType.OVERLOADED, detail);
        };
    }
}
