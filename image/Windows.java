import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prints the pattern of the files of `java.desktop` that the image leaves out, for `jlink
/// --exclude-resources`: windows, pictures, printers and sounds. A module must have each of its
/// packages, so the smallest file of each stays.
final class Windows {

    private static final Path MODULE =
            FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.desktop");
    private static final List<String> FOLDERS =
            List.of(
                    "java/awt",
                    "javax/swing",
                    "javax/imageio",
                    "javax/print",
                    "javax/sound",
                    "sun/awt",
                    "sun/java2d",
                    "sun/font",
                    "sun/print",
                    "sun/swing",
                    "com/sun/imageio",
                    "com/sun/media",
                    "com/sun/swing",
                    "com/sun/java/swing",
                    "com/sun/accessibility");

    static void main() throws IOException {
        TreeMap<Path, Path> kept = new TreeMap<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(MODULE.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path smallest = kept.getOrDefault(file.getParent(), file);
                    kept.put(
                            file.getParent(),
                            Files.size(file) < Files.size(smallest) ? file : smallest);
                }
            }
        }
        System.out.printf(
                "regex:/java\\.desktop/(?!(%s)$)(%s)/.*%n",
                kept.values().stream()
                        .map(file -> Pattern.quote(MODULE.relativize(file).toString()))
                        .collect(Collectors.joining("|")),
                String.join("|", FOLDERS));
    }
}
