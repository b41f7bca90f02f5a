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
import java.util.EnumSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// A path, a glob or a directory that names files. An entry whose name begins with a dot is
/// skipped: a mounted ConfigMap has each file a second time below `..data`.
final class FilePattern {

    private static final PathMatcher IN_DIRECTORY =
            FileSystems.getDefault().getPathMatcher("glob:**.{yaml,yml,json}");
    private static final int MOST_FILES = 1_000;

    private final String text;
    private final boolean isGlob;
    private final Path start;

    private FilePattern(String text) {
        this.text = text;
        this.isGlob = text.matches(".*[*?{\\[].*");
        this.start = Path.of(isGlob ? base(text) : text).toAbsolutePath().normalize();
    }

    static FilePattern of(String text) {
        return new FilePattern(text);
    }

    /// The files that exist now.
    ///
    /// @throws BadFileException where a directory cannot be read, or nothing is found
    SortedSet<Path> find() {
        if (!isGlob && !Files.isDirectory(start)) {
            return new TreeSet<>(List.of(start));
        }
        String rest = isGlob ? text.substring(base(text).length()) : "";
        PathMatcher matcher =
                isGlob
                        ? FileSystems.getDefault().getPathMatcher("glob:" + strip(rest))
                        : IN_DIRECTORY;
        Finder finder = new Finder(matcher);
        try {
            Files.walkFileTree(
                    start,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    isGlob ? depth(rest) : 1,
                    finder);
        } catch (IOException e) {
            throw new BadFileException(text + ": cannot be read, " + FileProblem.of(e));
        }
        if (finder.found.isEmpty()) {
            throw new BadFileException(text + ": no file is found");
        }
        return finder.found;
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
    private final class Finder extends SimpleFileVisitor<Path> {

        private final PathMatcher matcher;
        private final SortedSet<Path> found = new TreeSet<>();

        Finder(PathMatcher matcher) {
            this.matcher = matcher;
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
