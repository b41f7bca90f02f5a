package dev.sonde.api.server;

import dev.sonde.api.replica.HeldElsewhere;
import dev.sonde.cluster.Replicas;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.problem.BodyTooLargeException;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.problem.UnreadableBody;
import dev.sonde.problem.UnreadableBodyException;
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
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.util.DisconnectedClientHelper;

/// Turns whatever ends a request early into a problem document.
@RestControllerAdvice
class ProblemAdvice extends RefusalHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    ProblemAdvice(Replicas replicas, ObjectProvider<HeldElsewhere> elsewhere) {
        super(replicas, elsewhere);
    }

    @ExceptionHandler
    ResponseEntity<Object> onProblem(ProblemException e, WebRequest request) {
        ProblemDocument problem = e.type().because(String.valueOf(e.getMessage()));
        return ProblemAnswer.of(
                e.type() == ProblemType.NO_CERTIFICATE
                        ? problem.withReason(ListenerProblem.NO_CERTIFICATE.label())
                        : problem,
                ProblemAnswer.headers(e.type()),
                request);
    }

    /// A query or form that the server could not take apart, such as `?limit=%zz`.
    @ExceptionHandler
    ResponseEntity<Object> onUnreadableQuery(InvalidParameterException e, WebRequest request) {
        return ProblemAnswer.of(
                ProblemType.MALFORMED_REQUEST.because("the query cannot be read"),
                new HttpHeaders(),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onUnreadableBody(UnreadableBodyException e, WebRequest request) {
        return ProblemAnswer.of(UnreadableBody.problem(e.getCause()), new HttpHeaders(), request);
    }

    /// Met while a body is read line by line.
    @ExceptionHandler
    ResponseEntity<Object> onTooLargeBody(BodyTooLargeException e, WebRequest request) {
        return ProblemAnswer.of(UnreadableBody.problem(e), new HttpHeaders(), request);
    }

    /// The request had no effect; running probes and listeners go on.
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<Object> onFailingStore(RuntimeException e, WebRequest request) {
        log.atDebug()
                .addKeyValue("path", ProblemAnswer.path(request))
                .setCause(e)
                .log("the store failed");
        log.atWarn()
                .addKeyValue("path", ProblemAnswer.path(request))
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
            log.atDebug()
                    .addKeyValue("path", ProblemAnswer.path(request))
                    .setCause(e)
                    .log("a caller went away");
            return null;
        }
        log.atError()
                .addKeyValue("path", ProblemAnswer.path(request))
                .setCause(e)
                .log("a request failed");
        ProblemType type = ProblemType.INTERNAL_ERROR;
        return ProblemAnswer.of(type.because(type.sentence()), new HttpHeaders(), request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return ProblemAnswer.of(UnreadableBody.problem(e.getCause()), headers, request);
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
            log.atError()
                    .addKeyValue("path", ProblemAnswer.path(request))
                    .setCause(e)
                    .log("a request failed");
        }
        return ProblemAnswer.of(type.document(status.value(), detail(e, type)), headers, request);
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
}
