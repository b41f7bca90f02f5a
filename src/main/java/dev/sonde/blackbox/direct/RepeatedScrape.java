package dev.sonde.blackbox.direct;

import dev.sonde.security.DirectAccess;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The scrapes of one caller on one connection: how each is known, admitted and answered.
/// Immutable.
///
/// @param timeout the header with the scrape's timeout; absent where the requests have none
/// @param caller the caller's name; absent for one without
record RepeatedScrape(
        RepeatedHead request,
        AnswerHead answer,
        DirectAccess.Repetition access,
        @Nullable String timeout,
        @Nullable String caller) {

    /// Reads a request.
    ///
    /// @return null for bytes that are not one whole scrape
    ProbeStart.@Nullable Scrape read(byte[] bytes) {
        String text = request.queryOf(bytes);
        ScrapeQuery query = text == null ? null : ScrapeQuery.of(text);
        return query == null
                ? null
                : new ProbeStart.Scrape(query.module(), query.target(), timeout, caller);
    }

    boolean isAdmitted() {
        return access.isAdmitted();
    }

    ByteBuffer answer(byte[] text, Gzip zip) {
        return answer.with(text, zip);
    }
}
