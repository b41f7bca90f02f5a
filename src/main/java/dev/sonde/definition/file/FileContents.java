package dev.sonde.definition.file;

import dev.sonde.start.FileProblem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The files that paths, globs and directories name, with their bytes. An entry whose name begins
/// with a dot is skipped: a mounted ConfigMap has each file a second time below `..data`.
public final class FileContents {

    private static final PathMatcher IN_DIRECTORY =
            FileSystems.getDefault().getPathMatcher("glob:**.{yaml,yml,json}");
    private static final int MOST_FILES = 1_000;

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
        patterns.forEach(pattern -> files.addAll(find(pattern)));
        SortedMap<Path, byte[]> contents = new TreeMap<>();
        long left = maxBytes;
        for (Path file : files) {
            byte[] bytes = read(roots == null ? file : inside(file, roots), left, maxBytes);
            left -= bytes.length;
            contents.put(file, bytes);
        }
        return contents;
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

    private static SortedSet<Path> find(String pattern) {
        Path whole = Path.of(pattern.matches(".*[*?{\\[].*") ? base(pattern) : pattern);
        Path start = whole.toAbsolutePath().normalize();
        SortedSet<Path> found = new TreeSet<>();
        boolean isGlob = pattern.matches(".*[*?{\\[].*");
        if (!isGlob && !Files.isDirectory(start)) {
            found.add(start);
            return found;
        }
        String rest = isGlob ? pattern.substring(base(pattern).length()) : "";
        PathMatcher matcher =
                isGlob
                        ? FileSystems.getDefault().getPathMatcher("glob:" + strip(rest))
                        : IN_DIRECTORY;
        int depth = isGlob ? depth(rest) : 1;
        try {
            Files.walkFileTree(
                    start,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    depth,
                    new Finder(start, isGlob, matcher, found));
        } catch (IOException e) {
            throw new BadFileException(pattern + ": cannot be read, " + FileProblem.of(e));
        }
        if (found.isEmpty()) {
            throw new BadFileException(pattern + ": no file is found");
        }
        return found;
    }

    /// The directory before the first part with a wildcard.
    private static String base(String glob) {
        int wildcard = glob.length();
        for (char each : List.of('*', '?', '{', '[')) {
            int at = glob.indexOf(each);
            wildcard = at < 0 ? wildcard : Math.min(wildcard, at);
        }
        return glob.substring(0, glob.lastIndexOf('/', wildcard) + 1);
    }

    private static String strip(String rest) {
        return rest.startsWith("/") ? rest.substring(1) : rest;
    }

    private static int depth(String rest) {
        return rest.contains("**") ? Integer.MAX_VALUE : strip(rest).split("/", -1).length;
    }

    /// Collects the files that match.
    private static final class Finder extends SimpleFileVisitor<Path> {

        private final Path start;
        private final boolean isGlob;
        private final PathMatcher matcher;
        private final SortedSet<Path> found;

        Finder(Path start, boolean isGlob, PathMatcher matcher, SortedSet<Path> found) {
            this.start = start;
            this.isGlob = isGlob;
            this.matcher = matcher;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(start) && isHidden(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path judged = isGlob ? start.relativize(file) : file;
            if (!attributes.isDirectory() && !isHidden(file) && matcher.matches(judged)) {
                found.add(file);
            }
            if (found.size() > MOST_FILES) {
                throw new BadFileException(
                        "%s: more than %d files are found".formatted(start, MOST_FILES));
            }
            return FileVisitResult.CONTINUE;
        }

        /// Something that vanished meanwhile, or a loop of links.
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(start)) {
                throw e;
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            Path name = path.getFileName();
            return name != null && name.toString().startsWith(".");
        }
    }
}
