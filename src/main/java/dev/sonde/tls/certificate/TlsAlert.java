package dev.sonde.tls.certificate;

import java.nio.ByteBuffer;
import java.util.Locale;

/// An alert that ends a connection (RFC 8446 section 6).
public enum TlsAlert {
    UNEXPECTED_MESSAGE(10),
    BAD_RECORD_MAC(20),
    RECORD_OVERFLOW(22),
    HANDSHAKE_FAILURE(40),
    BAD_CERTIFICATE(42),
    UNSUPPORTED_CERTIFICATE(43),
    CERTIFICATE_REVOKED(44),
    CERTIFICATE_EXPIRED(45),
    CERTIFICATE_UNKNOWN(46),
    ILLEGAL_PARAMETER(47),
    UNKNOWN_CA(48),
    ACCESS_DENIED(49),
    DECODE_ERROR(50),
    DECRYPT_ERROR(51),
    PROTOCOL_VERSION(70),
    INSUFFICIENT_SECURITY(71),
    INTERNAL_ERROR(80),
    INAPPROPRIATE_FALLBACK(86),
    MISSING_EXTENSION(109),
    UNSUPPORTED_EXTENSION(110),
    UNRECOGNIZED_NAME(112),
    BAD_CERTIFICATE_STATUS_RESPONSE(113),
    UNKNOWN_PSK_IDENTITY(115),
    CERTIFICATE_REQUIRED(116),
    NO_APPLICATION_PROTOCOL(120);

    private static final int CONTENT_TYPE = 21;
    private static final int LEGACY_VERSION = 0x0303;
    private static final int LENGTH = 2;
    private static final int FATAL = 2;

    private final int code;

    TlsAlert(int code) {
        this.code = code;
    }

    /// As the RFC writes it, lower snake case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The alert as a record in clear, as a server sends it before any agreement (RFC 8446 section
    /// 5.1).
    public ByteBuffer record() {
        return ByteBuffer.allocate(7)
                .put((byte) CONTENT_TYPE)
                .putShort((short) LEGACY_VERSION)
                .putShort((short) LENGTH)
                .put((byte) FATAL)
                .put((byte) code)
                .flip();
    }
}
