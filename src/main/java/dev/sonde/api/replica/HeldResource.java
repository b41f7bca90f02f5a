package dev.sonde.api.replica;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A resource whose items live on one replica each, by its path.
public enum HeldResource {
    LISTENERS("/api/v1/listeners"),
    CHECKS("/api/v1/checks"),
    RESULTS("/api/v1/results"),
    EVENTS("/api/v1/events"),
    LOGS("/logs");

    private final String path;

    HeldResource(String path) {
        this.path = path;
    }

    /// The resource of a path, without the context path.
    static Optional<HeldResource> of(String path) {
        return Stream.of(values()).filter(each -> each.contains(path)).findFirst();
    }

    boolean contains(String other) {
        return other.startsWith(path)
                && (other.length() == path.length() || other.charAt(path.length()) == '/');
    }

    /// The path of the list.
    String path() {
        return path;
    }

    /// The path of one item.
    String path(String name) {
        return path + "/" + name;
    }

    /// The patterns of the paths at which another replica may answer. A new listener may go to
    /// another replica, so the list of listeners is one of them.
    public static List<String> patterns() {
        return List.of(
                LOGS.path,
                EVENTS.path,
                LISTENERS.path,
                LISTENERS.path + "/*/**",
                CHECKS.path + "/*/**",
                RESULTS.path + "/*/**");
    }
}
