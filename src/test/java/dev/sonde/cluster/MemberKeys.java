package dev.sonde.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A certificate that all replicas show and trust, in a file.
record MemberKeys(Path file) {

    static final String PASSWORD = "changeit";

    /// Makes a new one with the JDK's own tool.
    static MemberKeys make(Path file) throws IOException, InterruptedException {
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "member",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=member",
                                "-keystore",
                                file.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("no certificate could be made");
        }
        return new MemberKeys(file);
    }

    /// The settings that name it.
    List<String> arguments() {
        String bundle = "--spring.ssl.bundle.jks.members.";
        return Stream.concat(
                        Stream.of("--sonde.cluster.tls-bundle=members"),
                        Stream.of("keystore", "truststore")
                                .flatMap(
                                        store ->
                                                Stream.of(
                                                        bundle + store + ".location=file:" + file,
                                                        bundle + store + ".password=" + PASSWORD,
                                                        bundle + store + ".type=PKCS12")))
                .toList();
    }
}
