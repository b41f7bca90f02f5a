package dev.sonde.probe.spec;

/// A version of TLS that can be requested. Older ones are deprecated (RFC 8996).
public enum TlsVersion {
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String word;

    TlsVersion(String word) {
        this.word = word;
    }

    /// As requests and results write it.
    public String word() {
        return word;
    }
}
