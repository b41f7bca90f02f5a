package dev.sonde.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/// The kinds of problem that a caller can meet (RFC 9457 section 3.1.1). A closed list.
public enum ProblemType {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    UNREADABLE_BODY(HttpStatus.BAD_REQUEST, "The body cannot be read"),
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "The caller is not known"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The caller may not do this"),
    FOREIGN_HOST(HttpStatus.FORBIDDEN, "The service is not asked under this name"),
    CROSS_SITE(HttpStatus.FORBIDDEN, "A page of another site may not do this"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Nothing is here"),
    RESULTS_NOT_KEPT(HttpStatus.NOT_FOUND, "The results were streamed and are not kept"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No form of the answer is acceptable"),
    ALREADY_EXISTS(HttpStatus.CONFLICT, "The name is taken"),
    AUTHORITY_OFF(HttpStatus.CONFLICT, "The built-in authority is off"),
    OWNED_BY_SET(HttpStatus.CONFLICT, "A set of definitions owns it"),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The resource is not what was expected"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    TOO_MANY_TARGETS(HttpStatus.CONTENT_TOO_LARGE, "The check has too many targets"),
    UNSUPPORTED_MEDIA_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The type of the body is not supported"),
    TOO_MANY_CHECKS(HttpStatus.TOO_MANY_REQUESTS, "No room for another check now"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests of one caller"),
    ENGINE_FULL(HttpStatus.TOO_MANY_REQUESTS, "No room for another run now"),
    TOO_MANY_SUBSCRIBERS(HttpStatus.TOO_MANY_REQUESTS, "No room for another subscriber now"),
    ADDRESS_IN_USE(HttpStatus.CONFLICT, "The address is in use"),
    ADDRESS_NOT_AVAILABLE(
            HttpStatus.UNPROCESSABLE_CONTENT, "The address is not one of this host's"),
    DENIED_BY_POLICY(HttpStatus.FORBIDDEN, "The policy forbids it"),
    NO_PERMISSION(HttpStatus.UNPROCESSABLE_CONTENT, "This process lacks the permission"),
    NOT_BY_CONNECTION(
            HttpStatus.UNPROCESSABLE_CONTENT, "The kernel answers before a connection is accepted"),
    NO_CERTIFICATE(HttpStatus.UNPROCESSABLE_CONTENT, "There is no such certificate"),
    TOO_MANY_LISTENERS(HttpStatus.TOO_MANY_REQUESTS, "No room for another listener"),
    NO_DESCRIPTORS(HttpStatus.TOO_MANY_REQUESTS, "No file descriptor is free"),
    HELD_BY_ANOTHER_REPLICA(HttpStatus.MISDIRECTED_REQUEST, "Another replica has it"),
    REPLICA_GONE(HttpStatus.GONE, "The replica that had it is gone"),
    REPLICA_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The replica that has it does not answer"),
    FORWARDED_TWICE(HttpStatus.LOOP_DETECTED, "The request was forwarded already"),
    REQUEST_REFUSED(HttpStatus.BAD_REQUEST, "The request was refused"),
    REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, "The request did not arrive in time"),
    OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "The service has no capacity for this request now"),
    STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer as it should"),
    STORE_FULL(HttpStatus.INSUFFICIENT_STORAGE, "The disk of the database is full"),
    DEFINITIONS_FULL(HttpStatus.INSUFFICIENT_STORAGE, "No room for another definition"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here");

    public static final String NOT_FOUND_SENTENCE = "nothing is found under this path";

    private final HttpStatus status;
    private final String title;
    private final URI type;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
        this.type =
                URI.create(
                        "urn:sonde:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /// Whether the same request may well succeed a second later.
    public boolean isTemporary() {
        return status == HttpStatus.TOO_MANY_REQUESTS || status == HttpStatus.SERVICE_UNAVAILABLE;
    }

    public ProblemDocument because(String detail) {
        return document(status.value(), detail);
    }

    /// For a bare status, which may be one that has no kind of its own.
    public ProblemDocument because(int otherStatus) {
        return document(otherStatus, sentence());
    }

    public ProblemDocument document(int otherStatus, String detail) {
        return new ProblemDocument(type, title, otherStatus, detail, null, null, null, null, null);
    }

    /// The kind of a bare status.
    public static ProblemType of(int status) {
        return switch (status) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 408 -> REQUEST_TIMEOUT;
            case 409 -> ALREADY_EXISTS;
            case 412 -> PRECONDITION_FAILED;
            case 413 -> BODY_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 421 -> HELD_BY_ANOTHER_REPLICA;
            case 429 -> TOO_MANY_REQUESTS;
            case 400 -> MALFORMED_REQUEST;
            case 503 -> OVERLOADED;
            default -> status >= 500 ? INTERNAL_ERROR : REQUEST_REFUSED;
        };
    }

    /// A sentence on a bare status, for a person.
    public String sentence() {
        return switch (this) {
            case NOT_FOUND -> NOT_FOUND_SENTENCE;
            case INTERNAL_ERROR -> "the request could not be completed; the service's log says why";
            case MALFORMED_REQUEST -> "the request line or a header cannot be read";
            default -> title.toLowerCase(Locale.ROOT);
        };
    }
}
