package dev.sonde.api.replica;

import dev.sonde.cluster.forward.ForwardedCall;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Gathered;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/// The listeners that every replica opens. The database has their definitions, and each replica
/// follows it. Safe for any thread but an event loop's; callers wait.
@Component
public final class EveryReplica {

    private static final Logger log = LoggerFactory.getLogger(EveryReplica.class);

    private final Forwarding forwarding;
    private final Listeners listeners;
    private final ForeignListeners foreign;
    private final Replica self;
    private final JsonMapper mapper;

    EveryReplica(
            Forwarding forwarding,
            Listeners listeners,
            ForeignListeners foreign,
            Replica self,
            JsonMapper mapper) {
        this.forwarding = forwarding;
        this.listeners = listeners;
        this.foreign = foreign;
        this.self = self;
        this.mapper = mapper;
    }

    /// Whether the field `replica` of a listener means all of several replicas. A single process is
    /// all of them.
    public boolean areMeant(@Nullable String replica) {
        return ChosenReplica.ALL.equals(replica) && forwarding.isClustered();
    }

    /// Whether each replica opens the listener of this name.
    public boolean haveAll(String listener) {
        return listeners.definition(listener).filter(StoredListener::isOfAll).isPresent();
    }

    /// Brings this replica's listener to what the database has. Without the database the listener
    /// stays as it is.
    ///
    /// @return whether the database was read
    boolean follow(String listener) {
        try {
            listeners.follow(listener, () -> foreign.findHere(listener));
            return true;
        } catch (DataAccessException | TransactionException e) {
            log.atDebug()
                    .addKeyValue("listener", listener)
                    .setCause(e)
                    .log("a stored listener cannot be read");
            return false;
        }
    }

    /// The same for each listener of all replicas that this one has.
    public void followAll() {
        listeners.definitions().stream()
                .filter(StoredListener::isOfAll)
                .forEach(each -> follow(each.spec().name()));
    }

    /// Has the others follow the end of a listener. One that does not answer follows later.
    public void changed(StoredListener before, HttpServletRequest request) {
        if (before.isOfAll()) {
            var _ = gather(request, "GET", HeldResource.LISTENERS.path(before.spec().name()));
        }
    }

    /// Has the others do the same, where each replica opens the listener.
    ///
    /// @throws ProblemException where one of them does not answer
    public void repeat(String listener, HttpServletRequest request) {
        Optional<ListenerStatus> there = listeners.get(listener);
        if (there.filter(each -> each.definition().isOfAll()).isPresent()) {
            requireAll(
                    gather(request, request.getMethod(), HolderRequest.target(request)), request);
        }
    }

    /// Has the others do the same, and adds up a number in their answers.
    ///
    /// @throws ProblemException where one of them does not answer
    public int sum(String field, HttpServletRequest request) {
        List<Gathered> parts = gather(request, request.getMethod(), HolderRequest.target(request));
        requireAll(parts, request);
        return parts.stream()
                .map(Gathered::body)
                .filter(Objects::nonNull)
                .mapToInt(body -> mapper.readTree(body).path(field).asInt(0))
                .sum();
    }

    private static void requireAll(List<Gathered> parts, HttpServletRequest request) {
        String missing =
                parts.stream()
                        .filter(part -> part.body() == null)
                        .map(Gathered::replica)
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ProblemType.REPLICA_UNREACHABLE,
                    "%s took effect here, and no answer came from %s; repeat it"
                            .formatted(request.getMethod(), missing));
        }
    }

    /// The answers of the other replicas; none if the request is for this replica.
    public List<Gathered> gather(HttpServletRequest request, String method, String target) {
        if (!forwarding.isClustered()
                || ForwardedRequest.is(request)
                || request.getHeader(HolderRequest.NO_FORWARD) != null) {
            return List.of();
        }
        try {
            return forwarding.gather(
                    new ForwardedCall(
                            method,
                            target,
                            HolderRequest.headers(self, MediaType.APPLICATION_JSON_VALUE),
                            ByteBuffer.allocate(0)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
