package dev.sonde.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Loads the classes of a packaged jar without Spring Boot's loader. A command needs few of the
/// hundred nested jars. A jar is opened when one of its classes is requested. Safe for any thread.
final class NestedLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    /// The starts of the names of the jars that commands use, the most used one first.
    static final List<String> USED =
            List.of(
                    "picocli-",
                    "slf4j-api-",
                    "re2j-",
                    "tls-channel-",
                    "dnsjava-",
                    "jackson-core-3",
                    "jackson-databind-3",
                    "jackson-annotations-",
                    "snakeyaml-",
                    "bcprov-",
                    "bcpkix-",
                    "bcutil-",
                    "spring-web-",
                    "spring-core-",
                    "commons-logging-");

    private final ZipIndex jar;
    private final ProtectionDomain domain;
    private final List<Library> libraries = new ArrayList<>();

    /// A nested jar, opened when it is first asked.
    private final class Library {
        private final String name;
        private @Nullable ZipIndex opened;

        Library(String name) {
            this.name = name;
        }

        synchronized ZipIndex open() throws IOException {
            ZipIndex index = opened;
            if (index == null) {
                index = jar.nested(name);
                opened = index;
            }
            return index;
        }
    }

    NestedLoader(Path file, CodeSource source, ClassLoader parent) throws IOException {
        super("commands", parent);
        try (FileChannel channel = FileChannel.open(file)) {
            this.jar = ZipIndex.of(channel);
        }
        this.domain = new ProtectionDomain(source, null, this, null);
        for (String start : USED) {
            jar.names().stream()
                    .filter(name -> name.startsWith(LIBRARIES + start))
                    .map(Library::new)
                    .forEach(libraries::add);
        }
    }

    /// Its own classes come first, because the root of the jar holds the entry a second time.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("dev.sonde.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = find(name.replace('.', '/') + ".class");
            if (bytes != null) {
                return defineClass(name, bytes, 0, bytes.length, domain);
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        try {
            byte[] bytes = find(name);
            return bytes == null
                    ? super.getResourceAsStream(name)
                    : new ByteArrayInputStream(bytes);
        } catch (IOException _) {
            // The contract of the method: a resource that cannot be read does not exist.
            return null;
        }
    }

    /// Commands use no service providers, so nothing is found by a URL.
    @Override
    protected Enumeration<java.net.URL> findResources(String name) {
        return Collections.emptyEnumeration();
    }

    private byte @Nullable [] find(String path) throws IOException {
        byte[] own = jar.read(CLASSES + path);
        if (own != null || path.startsWith("dev/sonde/")) {
            return own;
        }
        for (Library library : libraries) {
            byte[] bytes = library.open().read(path);
            if (bytes != null) {
                return bytes;
            }
        }
        return null;
    }
}
