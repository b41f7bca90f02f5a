package dev.sonde.cli.local;

import dev.sonde.attempt.LocalEngine;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The engines of commands.
public final class Engines {

    /// Of this process's kernel; looked for beside the reading of the command line.
    private static final FutureTask<KernelFeatures> KERNEL =
            new FutureTask<>(KernelFeatures::detect);

    private Engines() {}

    /// Starts what a local command needs, whatever its options are.
    public static void prepare() {
        Thread.ofPlatform().daemon().name("prepare").start(KERNEL);
    }

    private static KernelFeatures kernel() {
        KERNEL.run();
        try {
            return KERNEL.get();
        } catch (InterruptedException | ExecutionException e) {
            return KernelFeatures.none("it could not be tested: " + e);
        }
    }

    /// @param loops event loops; 0 means one for each core
    static LocalEngine start(PolicyOptions policy, Terminal terminal, int loops) {
        return start(policy, terminal, loops, authority(Path.of("authority")));
    }

    static LocalEngine start(
            PolicyOptions policy, Terminal terminal, int loops, CertificateAuthority authority) {
        // A cached answer, above all a cached failure, would be this process's and not the
        // network's.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        return LocalEngine.start(
                new LocalEngine.Parts(
                        policy.targets(terminal),
                        policy.floods(terminal),
                        kernel(),
                        new TlsClients(authority, Runtime.getRuntime().availableProcessors()),
                        loops));
    }

    /// @param directory which is made when a certificate is first issued
    static CertificateAuthority authority(Path directory) {
        return new CertificateAuthority(directory, Clock.systemUTC());
    }
}
