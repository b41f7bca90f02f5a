package dev.sonde.attempt.name;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The content of a small text file of the host, read again when it changes. Confined to one
/// thread.
final class WatchedFile<T> {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final Function<String, T> reader;
    private T content;
    private @Nullable String stamp;
    private @Nullable Long lookedNanos;

    /// @param reader of its text; a file that cannot be read is an empty one
    WatchedFile(Path file, Function<String, T> reader) {
        this.file = file;
        this.reader = reader;
        this.content = reader.apply("");
    }

    /// @param nowNanos on a ticker; the file is looked at once a second at most
    T read(long nowNanos) {
        if (lookedNanos == null || nowNanos - lookedNanos >= LOOK_NANOS) {
            lookedNanos = nowNanos;
            look();
        }
        return content;
    }

    private void look() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            String seen = "%s %d %s".formatted(now.lastModifiedTime(), now.size(), now.fileKey());
            if (!seen.equals(stamp)) {
                stamp = seen;
                content = reader.apply(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException _) {
            stamp = null;
            content = reader.apply("");
        }
    }
}
