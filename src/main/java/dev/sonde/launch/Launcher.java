package dev.sonde.launch;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/// The main class of the packaged jar. A command is run by a loader of its own; everything else is
/// left to Spring Boot's.
public final class Launcher {

    static final String COMMANDS = "dev.sonde.cli.Commands";
    private static final String SERVICE = "org.springframework.boot.loader.launch.JarLauncher";

    private Launcher() {}

    static void main(String[] arguments) throws Throwable {
        boolean isTool = System.getProperty("jarmode") != null;
        if (!isTool && FirstWord.isCommand(arguments)) {
            ClassLoader loader = commands();
            Thread.currentThread().setContextClassLoader(loader);
            run(Class.forName(COMMANDS, true, loader), arguments);
        } else {
            run(Class.forName(SERVICE), isTool ? arguments : FirstWord.ofService(arguments));
        }
    }

    private static ClassLoader commands() throws IOException, URISyntaxException {
        CodeSource own = Launcher.class.getProtectionDomain().getCodeSource();
        Path file = Path.of(own.getLocation().toURI());
        return new NestedLoader(file, own, Launcher.class.getClassLoader());
    }

    static void run(Class<?> main, String[] arguments) throws Throwable {
        MethodType type = MethodType.methodType(void.class, String[].class);
        MethodHandles.publicLookup().findStatic(main, "main", type).invokeExact(arguments);
    }
}
