package dev.sonde.toxiproxy;

/// The limits of the JDK's HTTP server, which by default has none for connections and their time. A
/// stranger's half requests would stay open. A limit that the command line sets is left
/// unchanged.
final class PortLimits {

    private static final String CONNECTIONS = "200";
    private static final String IDLE_CONNECTIONS = "100";
    private static final String HEADER_BYTES = "16384";
    private static final String REQUEST_SECONDS = "20";

    /// A listener may take half a minute to open.
    private static final String ANSWER_SECONDS = "60";

    private PortLimits() {}

    /// Has to happen before the first server of the process.
    static void set() {
        set("jdk.httpserver.maxConnections", CONNECTIONS);
        set("sun.net.httpserver.maxIdleConnections", IDLE_CONNECTIONS);
        set("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
        set("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        set("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
