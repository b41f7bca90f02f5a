package dev.sonde.lab;

import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A certificate that vouches for itself, and its key, both made by `openssl`. Where there is none
/// the test is skipped.
///
/// @param certificate in PEM
/// @param key in PEM, PKCS#8
public record ForeignCertificate(Path certificate, Path key) {

    /// Makes both.
    ///
    /// @param options of its subject and its key, as `openssl-req(1)` has them
    public static ForeignCertificate make(Path directory, String name, String... options)
            throws IOException {
        LabRequirement.command("openssl");
        Path certificate = directory.resolve(name + ".pem");
        Path key = directory.resolve(name + ".key");
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
        command.addAll(List.of("-days", "1", "-keyout", key.toString()));
        command.addAll(List.of("-out", certificate.toString()));
        command.addAll(List.of(options));
        Command.run(command, "");
        return new ForeignCertificate(certificate, key);
    }

    public static ForeignCertificate rsa(Path directory, String name) throws IOException {
        return make(directory, name, "-subj", "/CN=" + name, "-newkey", "rsa:2048");
    }

    public static ForeignCertificate ec(Path directory, String name) throws IOException {
        return make(
                directory,
                name,
                "-subj",
                "/CN=" + name,
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256");
    }

    public KeyMaterial material() throws IOException {
        return new KeyMaterial(
                Pem.privateKey(Files.readString(key)),
                Pem.certificates(Files.readString(certificate)));
    }

    /// The key as OpenSSL wrote keys before PKCS#8.
    ///
    /// @param options such as a cipher and its password
    public String oldKey(String... options) throws IOException {
        Path old = key.resolveSibling(key.getFileName() + ".old");
        List<String> command = new ArrayList<>(List.of("openssl", "pkey", "-traditional"));
        command.addAll(List.of("-in", key.toString(), "-out", old.toString()));
        command.addAll(List.of(options));
        Command.run(command, "");
        return Files.readString(old);
    }
}
