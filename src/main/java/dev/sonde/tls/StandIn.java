package dev.sonde.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;

/// A certificate in the place of one that the JDK cannot read. The JDK thus reads the rest of the
/// chain. The chain is refused before anybody uses it; the certificate's key no longer exists.
final class StandIn {

    private static final String ENCODED =
            """
            MIIBfjCCASWgAwIBAgIUCi2kmdLNpOp0Kjk8mroecs1P1qAwCgYIKoZIzj0EAwIwFTETMBEGA1UE
            AwwKdW5yZWFkYWJsZTAeFw0yNjExMjgyMzA4MzJaFw0yNjExMjkyMzA4MzJaMBUxEzARBgNVBAMM
            CnVucmVhZGFibGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQtrVgIDAJ80bXyiUcLUSI8JFGO
            Ew8+XyZw2MZrO4WnW14OYY7vQmsDfD5aujiqN6jnoeZtwf/U9To6pp/YU4a5o1MwUTAdBgNVHQ4E
            FgQURKGHNOXnEQ4OWRRXe+aIT3IQWyMwHwYDVR0jBBgwFoAURKGHNOXnEQ4OWRRXe+aIT3IQWyMw
            DwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBAdossqcLM14j1a5mjtVVIAbQZ7hY4
            ANlztHgtqNBseAIgDKH2lq6C3QyHmtC5o07MAnJZeXxW0ngq9HCsC7ChwIU=
            """;

    private StandIn() {}

    static Certificate read(CertificateFactory reader) throws CertificateException {
        return reader.generateCertificate(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(ENCODED)));
    }
}
