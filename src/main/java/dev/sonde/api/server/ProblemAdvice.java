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
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.maintenance.MaintenancesFullException;
import dev.sonde.probe.keeping.ChangeRefusedException;
import dev.sonde.probe.keeping.HeldElsewhereException;
import dev.sonde.problem.AuditNote;
import dev.sonde.problem.BodyTooLargeException;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.UnreadableBody;
import dev.sonde.problem.UnreadableBodyException;
import dev.sonde.schedule.DefinitionsFullException;
import dev.sonde.schedule.OwnedBySetException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/// Turns whatever ends a request early into a problem document.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Replicas replicas;
    private final ObjectProvider<HeldElsewhere> elsewhere;

    ProblemAdvice(Replicas replicas, ObjectProvider<HeldElsewhere> elsewhere) {
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
        return answer(problem.withErrors(e.fields()), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onInvalidListener(InvalidListenerException e, WebRequest request) {
        return onInvalidRequest(ListenerFault.problem(e), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onProblem(ProblemException e, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        if (e.type().isTemporary()) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        ProblemDocument problem = e.type().because(String.valueOf(e.getMessage()));
        return answer(
                e.type() == ProblemType.NO_CERTIFICATE
                        ? problem.withReason(ListenerProblem.NO_CERTIFICATE.label())
                        : problem,
                headers,
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onTooManyTargets(TooManyTargetsException e, WebRequest request) {
        return answer(
                ProblemType.TOO_MANY_TARGETS.because(String.valueOf(e.getMessage())),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onTooManyChecks(TooManyChecksException e, WebRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfter().toSeconds()));
        return answer(
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
        AuditNote.add(servlet(request), "reason", e.problem().label());
        AuditNote.add(servlet(request), "detail", e.detail());
        String address = e.address();
        if (address != null) {
            AuditNote.add(servlet(request), "address", address);
        }
        HttpHeaders headers = new HttpHeaders();
        ProblemDocument problem = type.because(e.detail()).withReason(e.problem().label());
        if (type.isTemporary()) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer(problem, headers, request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> onHeldElsewhere(
            HeldElsewhereException e, WebRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        if (elsewhere.getObject().isAnsweredBy(e.holder(), servlet(request), response)) {
            return null;
        }
        String url = replicas.named(e.holder()).map(Peer::url).orElse(null);
        String detail =
                url == null
                        ? "replica " + e.holder() + " has it, which is not there now"
                        : "replica " + e.holder() + " has it: ask at " + url;
        return answer(
                ProblemType.HELD_BY_ANOTHER_REPLICA.because(detail).withReplica(e.holder(), url),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onGoneReplica(ReplicaGoneException e, WebRequest request) {
        return answer(
                ProblemType.REPLICA_GONE
                        .because(String.valueOf(e.getMessage()))
                        .withReplica(e.replica(), null),
                new HttpHeaders(),
                request);
    }

    /// A query or form that the server could not take apart, such as `?limit=%zz`.
    @ExceptionHandler
    ResponseEntity<Object> onUnreadableQuery(InvalidParameterException e, WebRequest request) {
        return answer(
                ProblemType.MALFORMED_REQUEST.because("the query cannot be read"),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onUnreadableBody(UnreadableBodyException e, WebRequest request) {
        return answer(UnreadableBody.problem(e.getCause()), new HttpHeaders(), request);
    }

    /// Met while a body is read line by line.
    @ExceptionHandler
    ResponseEntity<Object> onTooLargeBody(BodyTooLargeException e, WebRequest request) {
        return answer(UnreadableBody.problem(e), new HttpHeaders(), request);
    }

    /// The reason is the store's own; its writer logs it.
    @ExceptionHandler
    ResponseEntity<Object> onRefusedChange(ChangeRefusedException e, WebRequest request) {
        ProblemType type =
                e.isStorageFull() ? ProblemType.STORE_FULL : ProblemType.STORE_UNAVAILABLE;
        String detail = "nothing was changed; probing goes on: " + e.getMessage();
        return onProblem(new ProblemException(type, detail), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onForeignProbe(OwnedBySetException e, WebRequest request) {
        ProblemType type = e.isOwned() ? ProblemType.OWNED_BY_SET : ProblemType.ALREADY_EXISTS;
        return answer(type.because(String.valueOf(e.getMessage())), new HttpHeaders(), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onFullDefinitions(DefinitionsFullException e, WebRequest request) {
        return answer(
                ProblemType.DEFINITIONS_FULL.because(String.valueOf(e.getMessage())),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onFullMaintenances(MaintenancesFullException e, WebRequest request) {
        return answer(
                ProblemType.DEFINITIONS_FULL.because(String.valueOf(e.getMessage())),
                new HttpHeaders(),
                request);
    }

    /// The request had no effect; running probes and listeners go on.
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> onFailingStore(RuntimeException e, WebRequest request) {
        log.atDebug().addKeyValue("path", path(request)).setCause(e).log("the store failed");
        log.atWarn()
                .addKeyValue("path", path(request))
                .addKeyValue("cause", NestedExceptionUtils.getMostSpecificCause(e).getMessage())
                .log("the store failed");
        return onProblem(
                new ProblemException(
                        ProblemType.STORE_UNAVAILABLE,
                        "nothing was changed; probing goes on, and results wait in memory"),
                request);
    }

    @ExceptionHandler
    @Nullable ResponseEntity<Object> onUnexpected(Exception e, WebRequest request) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            // Nobody is there to be answered, and it is no fault of ours.
            log.atDebug().addKeyValue("path", path(request)).setCause(e).log("a caller went away");
            return null;
        }
        log.atError().addKeyValue("path", path(request)).setCause(e).log("a request failed");
        ProblemType type = ProblemType.INTERNAL_ERROR;
        return answer(type.because(type.sentence()), new HttpHeaders(), request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(UnreadableBody.problem(e.getCause()), headers, request);
    }

    /// Everything that Spring itself refuses.
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemType type = ProblemType.of(status.value());
        if (type == ProblemType.INTERNAL_ERROR) {
            log.atError().addKeyValue("path", path(request)).setCause(e).log("a request failed");
        }
        return answer(type.document(status.value(), detail(e, type)), headers, request);
    }

    private static String detail(Exception e, ProblemType type) {
        return switch (e) {
            case HttpRequestMethodNotSupportedException method ->
                    method.getMethod()
                            + " is not allowed here; allowed: "
                            + String.join(", ", orNone(method.getSupportedMethods()));
            case HttpMediaTypeNotSupportedException media ->
                    "the Content-Type is to be one of "
                            + MediaType.toString(media.getSupportedMediaTypes());
            case HttpMediaTypeNotAcceptableException media
                    when !media.getSupportedMediaTypes().isEmpty() ->
                    "Accept has to allow one of "
                            + MediaType.toString(media.getSupportedMediaTypes());
            default -> type.sentence();
        };
    }

    private static String[] orNone(String @Nullable [] methods) {
        return methods == null ? new String[0] : methods;
    }

    /// The type is set here, so that no Accept header can turn the document into nothing.
    private static ResponseEntity<Object> answer(
            ProblemDocument problem, HttpHeaders headers, WebRequest request) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.at(path(request)));
    }

    private static String path(WebRequest request) {
        return servlet(request).getRequestURI();
    }

    private static HttpServletRequest servlet(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }
}
