package dev.sonde.api.request;

import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// The demands of a request on the present resource (RFC 9110 section 13.1).
///
/// @param ifMatch tags of which it has to carry one; empty when there is no such demand
/// @param ifNoneMatch tags of which it may carry none
public record Preconditions(List<String> ifMatch, List<String> ifNoneMatch) {

    private static final String ANY = "*";
    private static final Pattern TAG =
            Pattern.compile("[ \\t,]*((?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \\t]*(?=,|$)");

    public static Preconditions of(HttpServletRequest request) {
        return new Preconditions(
                tags(request, HttpHeaders.IF_MATCH), tags(request, HttpHeaders.IF_NONE_MATCH));
    }

    /// Whether nothing is demanded.
    public boolean isEmpty() {
        return ifMatch.isEmpty() && ifNoneMatch.isEmpty();
    }

    /// Refuses to go on where a demand is not met.
    ///
    /// @param etag the resource's; null when there is no such resource
    public void check(@Nullable String etag) {
        if (!ifMatch.isEmpty() && !isMatch(ifMatch, etag)) {
            throw failed(
                    etag == null
                            ? "If-Match asks for a version, and there is none"
                            : "If-Match asks for another version than " + etag);
        }
        if (isMatch(ifNoneMatch.stream().map(Preconditions::strong).toList(), etag)) {
            throw failed("If-None-Match excludes the present version " + etag);
        }
    }

    private static boolean isMatch(List<String> wanted, @Nullable String etag) {
        return etag != null && (wanted.contains(ANY) || wanted.contains(etag));
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static ProblemException failed(String detail) {
        return new ProblemException(ProblemType.PRECONDITION_FAILED, detail);
    }

    private static List<String> tags(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(value -> tags(header, value))
                .toList();
    }

    private static Stream<String> tags(String header, String value) {
        if (value.strip().equals(ANY)) {
            return Stream.of(ANY);
        }
        Matcher matcher = TAG.matcher(value);
        Stream.Builder<String> tags = Stream.builder();
        int end = 0;
        while (end < value.length() && matcher.find(end) && matcher.start() == end) {
            tags.add(matcher.group(1));
            end = matcher.end();
        }
        if (end == 0 || end < value.length()) {
            throw Query.invalid(header, value, "* or entity tags in quotes, separated by commas");
        }
        return tags.build();
    }
}
