package dev.sonde.api.server;

import dev.sonde.api.replica.HeldElsewhere;
import dev.sonde.api.replica.ReplicaGoneException;
import dev.sonde.check.TooManyChecksException;
import dev.sonde.check.TooManyTargetsException;
import dev.sonde.cluster.Replicas;
import dev.sonde.cluster.member.Peer;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.ListenerFault;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.maintenance.MaintenancesFullException;
import dev.sonde.probe.keeping.ChangeRefusedException;
import dev.sonde.probe.keeping.HeldElsewhereException;
import dev.sonde.problem.AuditNote;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.problem.ProblemType;
import dev.sonde.schedule.DefinitionsFullException;
import dev.sonde.schedule.OwnedBySetException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// The answers to requests that the other rooms of this service refuse. A handler here and one of
/// [ProblemAdvice] stand in one advice, so the exception itself is matched before its causes.
abstract class RefusalHandler extends ResponseEntityExceptionHandler {

    private final Replicas replicas;
    private final ObjectProvider<HeldElsewhere> elsewhere;

    RefusalHandler(Replicas replicas, ObjectProvider<HeldElsewhere> elsewhere) {
        this.elsewhere = elsewhere;
        this.replicas = replicas;
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidRequest(InvalidRequestException e, WebRequest request) {
        int count = e.fields().size();
        ProblemDocument problem =
                ProblemType.INVALID_REQUEST.because(
                        count == 1
                                ? String.valueOf(e.getMessage())
                                : "%d%s fields are wrong; the first: %s"
                                        .formatted(
                                                count,
                                                count < InvalidFields.MOST ? "" : " or more",
                                                e.getMessage()));
        return ProblemAnswer.of(problem.withErrors(e.fields()), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidListener(InvalidListenerException e, WebRequest request) {
        return onInvalidRequest(ListenerFault.problem(e), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onTooManyTargets(TooManyTargetsException e, WebRequest request) {
        return ProblemAnswer.of(
                ProblemType.TOO_MANY_TARGETS.because(String.valueOf(e.getMessage())),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onTooManyChecks(TooManyChecksException e, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfter().toSeconds()));
        return ProblemAnswer.of(
                ProblemType.TOO_MANY_CHECKS.because(String.valueOf(e.getMessage())),
                headers,
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onListener(ListenerException e, WebRequest request) {
        ProblemType type =
                switch (e.problem()) {
                    case ADDRESS_IN_USE -> ProblemType.ADDRESS_IN_USE;
                    case ADDRESS_NOT_AVAILABLE -> ProblemType.ADDRESS_NOT_AVAILABLE;
                    case DENIED_BY_POLICY -> ProblemType.DENIED_BY_POLICY;
                    case NO_PERMISSION -> ProblemType.NO_PERMISSION;
                    case NAME_EXISTS -> ProblemType.ALREADY_EXISTS;
                    case OWNED_BY_SET -> ProblemType.OWNED_BY_SET;
                    case TOO_MANY_LISTENERS -> ProblemType.TOO_MANY_LISTENERS;
                    case NO_DESCRIPTORS -> ProblemType.NO_DESCRIPTORS;
                    case DEFINITIONS_FULL -> ProblemType.DEFINITIONS_FULL;
                    case NO_CERTIFICATE -> ProblemType.NO_CERTIFICATE;
                    case NOT_BY_CONNECTION -> ProblemType.NOT_BY_CONNECTION;
                    case LOCAL_ERROR -> ProblemType.INTERNAL_ERROR;
                };
        AuditNote.add(ProblemAnswer.servlet(request), "reason", e.problem().label());
        AuditNote.add(ProblemAnswer.servlet(request), "detail", e.detail());
        String address = e.address();
        if (address != null) {
            AuditNote.add(ProblemAnswer.servlet(request), "address", address);
        }
        ProblemDocument problem = type.because(e.detail()).withReason(e.problem().label());
        return ProblemAnswer.of(problem, ProblemAnswer.headers(type), request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> onHeldElsewhere(
            HeldElsewhereException e, WebRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        if (elsewhere
                .getObject()
                .isAnsweredBy(e.holder(), ProblemAnswer.servlet(request), response)) {
            return null;
        }
        String url = replicas.named(e.holder()).map(Peer::url).orElse(null);
        String detail =
                url == null
                        ? "replica " + e.holder() + " has it, which is not there now"
                        : "replica " + e.holder() + " has it: ask at " + url;
        return ProblemAnswer.of(
                ProblemType.HELD_BY_ANOTHER_REPLICA.because(detail).withReplica(e.holder(), url),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onGoneReplica(ReplicaGoneException e, WebRequest request) {
        return ProblemAnswer.of(
                ProblemType.REPLICA_GONE
                        .because(String.valueOf(e.getMessage()))
                        .withReplica(e.replica(), null),
                new HttpHeaders(),
                request);
    }

    /// The reason is the store's own; its writer logs it.
    @ExceptionHandler
    ResponseEntity<Object> onRefusedChange(ChangeRefusedException e, WebRequest request) {
        ProblemType type =
                e.isStorageFull() ? ProblemType.STORE_FULL : ProblemType.STORE_UNAVAILABLE;
        String detail = "nothing was changed; probing goes on: " + e.getMessage();
        return ProblemAnswer.of(type.because(detail), ProblemAnswer.headers(type), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onForeignProbe(OwnedBySetException e, WebRequest request) {
        ProblemType type = e.isOwned() ? ProblemType.OWNED_BY_SET : ProblemType.ALREADY_EXISTS;
        return ProblemAnswer.of(
                type.because(String.valueOf(e.getMessage())), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onFullDefinitions(DefinitionsFullException e, WebRequest request) {
        return ProblemAnswer.of(
                ProblemType.DEFINITIONS_FULL.because(String.valueOf(e.getMessage())),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onFullMaintenances(MaintenancesFullException e, WebRequest request) {
        return ProblemAnswer.of(
                ProblemType.DEFINITIONS_FULL.because(String.valueOf(e.getMessage())),
                new HttpHeaders(),
                request);
    }
}
