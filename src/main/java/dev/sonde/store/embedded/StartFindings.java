package dev.sonde.store.embedded;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Damage of the definitions of an embedded database.
///
/// @param found rows that were read
/// @param missing names that were acknowledged and are absent
/// @param altered names of rows that do not have their checksums, or are older than they were
/// @param uncounted rows that the database itself counted and no longer has, beyond the missing
/// @param failure SQLite's message when it could not read on; absent when it could
public record StartFindings(
        long found,
        List<String> missing,
        List<String> altered,
        long uncounted,
        @Nullable String failure) {

    private static final int NAMED = 20;

    public boolean isSound() {
        return loss() == 0;
    }

    /// Definitions without which the service would begin; at least 1 where the file is damaged.
    public long loss() {
        long lost = missing.size() + altered.size() + uncounted;
        return lost == 0 && failure != null ? 1 : lost;
    }

    /// The findings in one line.
    public String sentence() {
        StringBuilder text = new StringBuilder();
        text.append(found).append(" definitions were read");
        append(text, "missing", missing);
        append(text, "altered or older than they were", altered);
        if (uncounted > 0) {
            text.append("; ").append(uncounted).append(" more are missing");
        }
        if (failure != null) {
            text.append("; SQLite reports: ").append(failure);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String label, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        text.append("; ").append(names.size()).append(' ').append(label).append(": ");
        text.append(String.join(", ", names.subList(0, Math.min(NAMED, names.size()))));
        if (names.size() > NAMED) {
            text.append(", ...");
        }
    }
}
