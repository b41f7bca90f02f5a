package dev.sonde.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The main class of the image. A command runs in this process, which has the flags, the libraries
/// and the AOT cache of commands. The service takes its place with its own.
public final class ImageEntry {

    /// The system property with the words between `java` and the service's arguments. It is no
    /// setting, so its name is outside of `sonde.`.
    private static final String SERVICE = "image.service";

    private ImageEntry() {}

    static void main(String[] arguments) throws Throwable {
        if (FirstWord.isCommand(arguments)) {
            Launcher.run(Class.forName(Launcher.COMMANDS), arguments);
        } else {
            List<String> words = new ArrayList<>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(List.of(System.getProperty(SERVICE, "").split(" ", -1)));
            words.addAll(List.of(FirstWord.ofService(arguments)));
            new NextProgram(words).start();
        }
    }
}
