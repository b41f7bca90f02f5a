package dev.sonde.lab;

import java.nio.file.Path;

/// The JDK that runs the tests, for processes of their own.
public final class Jdk {

    private Jdk() {}

    /// The path of one of its programs.
    ///
    /// @param name such as `java` or `jcmd`
    public static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
