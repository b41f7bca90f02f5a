package dev.sonde.definition;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest reading of a source.
///
/// @param set the set of its probes, `<set of the document>:<name of the source>`
/// @param isHere whether this replica reads it; if not, another one does
/// @param applied readings that were applied, since the start
/// @param failed readings that failed, since the start
/// @param lastSuccess when one was applied last; absent where none was
/// @param targets of the latest reading that was applied
/// @param probes made of them
/// @param rejected targets that made no probe
/// @param rejections sentences for the first ones of them
/// @param problem a sentence; absent where the latest reading was applied
public record SourceStatus(
        String set,
        boolean isHere,
        long applied,
        long failed,
        @Nullable Instant lastSuccess,
        int targets,
        int probes,
        int rejected,
        List<String> rejections,
        @Nullable String problem) {

    static SourceStatus unread(String set) {
        return new SourceStatus(set, true, 0, 0, null, 0, 0, 0, List.of(), null);
    }

    SourceStatus elsewhere() {
        return new SourceStatus(
                set,
                false,
                applied,
                failed,
                lastSuccess,
                targets,
                probes,
                rejected,
                rejections,
                null);
    }

    SourceStatus failed(String sentence) {
        return new SourceStatus(
                set,
                true,
                applied,
                failed + 1,
                lastSuccess,
                targets,
                probes,
                rejected,
                rejections,
                sentence);
    }

    SourceStatus applied(Instant now, int found, SourceProbes made) {
        return new SourceStatus(
                set,
                true,
                applied + 1,
                failed,
                now,
                found,
                made.probes().size(),
                made.rejected().number(),
                made.rejected().sentences(),
                null);
    }
}
