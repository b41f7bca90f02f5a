package dev.sonde.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The conditions that a request may put on a change (RFC 9110 section 13.1).
///
/// @param ifMatch the header's value; absent means no condition
/// @param ifNoneMatch the header's value; absent means no condition
record EntityTags(@Nullable String ifMatch, @Nullable String ifNoneMatch) {

    /// @param current the tag of what there is; null where there is nothing
    /// @throws ProblemException where a condition does not hold
    void require(@Nullable String current) {
        if (ifMatch != null && (current == null || !names(ifMatch, current))) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "If-Match names another version than the one there is");
        }
        if (ifNoneMatch != null && current != null && names(ifNoneMatch, current)) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "If-None-Match names what there is");
        }
    }

    private static boolean names(String header, String tag) {
        return header.strip().equals("*")
                || Arrays.stream(header.split(",")).map(String::strip).anyMatch(tag::equals);
    }
}
