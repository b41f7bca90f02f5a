package dev.sonde.cli.remote;

/// The kinds of objects that a server has by name.
enum Kind {
    PROBES("probes"),
    LISTENERS("listeners"),
    CERTIFICATES("certificates"),
    DEFINITIONS("definitions");

    private final String path;

    Kind(String word) {
        this.path = "/api/v1/" + word;
    }

    String path() {
        return path;
    }

    String path(String name) {
        return path + "/" + Server.encoded(name);
    }
}
