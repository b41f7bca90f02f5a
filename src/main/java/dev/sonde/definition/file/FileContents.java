package dev.sonde.definition.file;

import dev.sonde.start.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The files that paths, globs and directories name, with their bytes.
public final class FileContents {

    private FileContents() {}

    /// The files in the order of their paths.
    ///
    /// @param maxBytes of all files together
    /// @throws BadFileException where one cannot be read, or nothing is found
    public static SortedMap<Path, byte[]> read(Collection<String> patterns, long maxBytes) {
        return read(patterns, maxBytes, null);
    }

    /// As [#read(Collection, long)], of files below some directories.
    ///
    /// @param roots directories that hold the files, also those that links lead to; any where
    ///     absent
    public static SortedMap<Path, byte[]> read(
            Collection<String> patterns, long maxBytes, @Nullable Collection<Path> roots) {
        SortedSet<Path> files = new TreeSet<>();
        patterns.forEach(pattern -> files.addAll(FilePattern.of(pattern).find()));
        SortedMap<Path, byte[]> contents = new TreeMap<>();
        long left = maxBytes;
        for (Path file : files) {
            byte[] bytes = read(roots == null ? file : inside(file, roots), left, maxBytes);
            left -= bytes.length;
            contents.put(file, bytes);
        }
        return contents;
    }

    /// Whether two readings found the same files with the same bytes.
    public static boolean isSame(
            @Nullable SortedMap<Path, byte[]> before, SortedMap<Path, byte[]> now) {
        return before != null
                && before.keySet().equals(now.keySet())
                && now.entrySet().stream()
                        .allMatch(
                                entry ->
                                        Arrays.equals(
                                                entry.getValue(),
                                                Objects.requireNonNull(
                                                        before.get(entry.getKey()))));
    }

    /// The file without links.
    private static Path inside(Path file, Collection<Path> roots) {
        try {
            Path real = file.toRealPath();
            for (Path root : roots) {
                if (real.startsWith(root.toRealPath())) {
                    return real;
                }
            }
        } catch (IOException e) {
            throw new BadFileException(file + ": cannot be read, " + FileProblem.of(e));
        }
        throw new BadFileException(
                file + ": is a link that leads out of sonde.definitions.source-dirs");
    }

    /// Reads at most the allowed bytes, even if the file grows meanwhile.
    private static byte[] read(Path file, long left, long maxBytes) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
            if (bytes.length > left) {
                throw new BadFileException(
                        "%s: the files together have more than %d bytes (sonde.definitions.max-size)"
                                .formatted(file, maxBytes));
            }
            return bytes;
        } catch (IOException e) {
            throw new BadFileException(file + ": cannot be read, " + FileProblem.of(e));
        }
    }
}
