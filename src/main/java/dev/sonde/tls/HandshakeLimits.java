package dev.sonde.tls;

/// The JDK's limits of a handshake, raised to OpenSSL's. Healthy servers present chains that the
/// JDK's own limits refuse. A limit that the command line sets is left unchanged.
public final class HandshakeLimits {

    private static final String CERTIFICATES = "100";
    private static final String MESSAGE_BYTES = "131072";

    private HandshakeLimits() {}

    /// Has to happen before the first TLS context of the process.
    public static void raise() {
        set("jdk.tls.maxCertificateChainLength", CERTIFICATES);
        set("jdk.tls.client.maxInboundCertificateChainLength", CERTIFICATES);
        set("jdk.tls.maxHandshakeMessageSize", MESSAGE_BYTES);
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
