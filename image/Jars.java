import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/// Rewrites the jars of the image. Run by the build of the image:
/// `java Jars.java APPLICATION LIBRARIES`, both folders of the extracted jar.
///
/// AOT caches are to hold the classes of all libraries. The JVM keeps no class of a signed jar, and
/// none without a stack map (before Java 6). A class that it does not keep is looked for in every
/// jar before its own, at each start. Jars and caches are to be small, so nothing that only a
/// debugger reads is left in them.
///
/// The service and the commands become two jars, which only name their main class and their
/// libraries: `sonde.jar` and `command.jar`. Both have the classes in `classes.jar`.
final class Jars {

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    /// SQLite's library is a file of the image.
    private static final String NATIVE = "org/sqlite/native/";

    /// Entries that nobody reads here: other builds of the scripts that the pages load, Tomcat's
    /// messages in other languages, grammars of Spring's XML, files of Maven, and indexes for
    /// Quarkus.
    private static final Pattern UNUSED =
            Pattern.compile(
                    String.join(
                            "|",
                            "META-INF/resources/webjars/lit-html/[^/]+/(development|node)/.*",
                            "META-INF/resources/webjars/swagger-ui/[^/]+/swagger-ui(-es-bundle(-core)?)?\\.js",
                            "META-INF/resources/webjars/uplot/[^/]+/dist/uPlot\\.(iife|cjs).*",
                            "META-INF/resources/webjars/.*\\.(map|d\\.ts)",
                            "META-INF/maven/(?!org\\.webjars).*",
                            "org/apache/.*/LocalStrings_.*\\.properties",
                            "org/springframework/.*\\.(xsd|rnc)",
                            "META-INF/jandex\\.idx"));

    /// The service's own classes, whose traces have lines.
    private static final String OWN = "dev/sonde/";

    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_7_VERSION;

    static void main(String[] arguments) throws Exception {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            urls.add(jar.toUri().toURL());
        }
        try (URLClassLoader all = new URLClassLoader(urls.toArray(URL[]::new))) {
            for (Path jar : jars) {
                rewrite(jar, all);
            }
        }
        split(Path.of(arguments[0]));
    }

    private static void split(Path application) throws Exception {
        Path service = application.resolve("sonde.jar");
        Path classes = application.resolve("classes.jar");
        Files.move(service, classes);
        Manifest manifest;
        try (JarFile jar = new JarFile(classes.toFile())) {
            manifest = jar.getManifest();
        }
        List<String> libraries =
                List.of(
                        manifest.getMainAttributes()
                                .getValue(Attributes.Name.CLASS_PATH)
                                .split(" +"));
        write(
                service,
                manifest,
                manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS),
                libraries);
        List<String> used = new ArrayList<>();
        for (String start : used(classes)) {
            libraries.stream().filter(name -> name.contains("/" + start)).forEach(used::add);
        }
        write(application.resolve("command.jar"), manifest, "dev.sonde.cli.Commands", used);
        manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
        rewrite(classes, manifest, Jars.class.getClassLoader());
    }

    private static void write(Path jar, Manifest like, String main, List<String> libraries)
            throws IOException {
        Manifest manifest = new Manifest(like);
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, "classes.jar " + String.join(" ", libraries));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream _ = new JarOutputStream(file, manifest)) {
            System.out.printf("%s: %d libraries%n", jar, libraries.size());
        }
    }

    /// The starts of the names of the libraries that commands use, as the packaged jar knows them.
    private static List<String> used(Path classes) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Field used = loader.loadClass("dev.sonde.launch.NestedLoader").getDeclaredField("USED");
            used.setAccessible(true);
            return ((List<?>) used.get(null)).stream().map(String.class::cast).toList();
        }
    }

    private static void rewrite(Path jar, ClassLoader all) throws IOException {
        try (JarFile from = new JarFile(jar.toFile(), false)) {
            rewrite(jar, unsigned(from.getManifest()), all);
        }
    }

    private static void rewrite(Path jar, Manifest manifest, ClassLoader all) throws IOException {
        Path written = jar.resolveSibling(jar.getFileName() + ".written");
        try (JarFile from = new JarFile(jar.toFile(), false);
                OutputStream file = Files.newOutputStream(written);
                JarOutputStream to = new JarOutputStream(file, manifest)) {
            to.setLevel(Deflater.BEST_COMPRESSION);
            for (JarEntry entry : (Iterable<JarEntry>) from.stream()::iterator) {
                String name = entry.getName();
                if (name.equals(JarFile.MANIFEST_NAME)
                        || name.startsWith(NATIVE)
                        || SIGNATURE.matcher(name).matches()
                        || UNUSED.matcher(name).matches()) {
                    continue;
                }
                JarEntry kept = new JarEntry(name);
                kept.setTime(entry.getTime());
                to.putNextEntry(kept);
                byte[] bytes = from.getInputStream(entry).readAllBytes();
                to.write(
                        name.endsWith(".class")
                                ? SlimClass.of(withStackMaps(bytes, all), name.startsWith(OWN))
                                : bytes);
            }
        }
        System.out.printf("%s: %d -> %d bytes%n", jar, Files.size(jar), Files.size(written));
        Files.delete(jar);
        Files.move(written, jar);
    }

    /// Without the digests of the entries.
    private static Manifest unsigned(Manifest manifest) {
        Manifest unsigned = new Manifest();
        if (manifest != null) {
            unsigned.getMainAttributes().putAll(manifest.getMainAttributes());
        }
        unsigned.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        return unsigned;
    }

    private static byte[] withStackMaps(byte[] bytes, ClassLoader all) {
        ClassFile reader =
                ClassFile.of(
                        ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(all)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = reader.parse(bytes);
        if (model.majorVersion() >= FIRST_WITH_STACK_MAPS) {
            return bytes;
        }
        ClassFileVersion version = ClassFileVersion.of(FIRST_WITH_STACK_MAPS, 0);
        ClassTransform newer =
                (builder, element) ->
                        builder.with(element instanceof ClassFileVersion ? version : element);
        return reader.transformClass(
                model,
                newer.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }
}
