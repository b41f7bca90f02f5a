package dev.sonde.api.server;

import dev.sonde.problem.ProblemDocument;
import dev.sonde.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;

/// The answer to a request that ended early: its problem document, with the path of the request.
final class ProblemAnswer {

    private ProblemAnswer() {}

    /// The type is set here, so that no Accept header can turn the document into nothing.
    static ResponseEntity<Object> of(
            ProblemDocument problem, HttpHeaders headers, WebRequest request) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.at(path(request)));
    }

    /// The headers of a problem: a temporary one names the seconds until the next try.
    static HttpHeaders headers(ProblemType type) {
        HttpHeaders headers = new HttpHeaders();
        if (type.isTemporary()) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return headers;
    }

    /// The path that the caller asked for.
    static String path(WebRequest request) {
        return servlet(request).getRequestURI();
    }

    static HttpServletRequest servlet(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }
}
