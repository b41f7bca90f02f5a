package dev.sonde.bench;

import dev.sonde.attempt.Origin;
import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.Prober;
import dev.sonde.attempt.RunListener;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.CertificateKind;
import dev.sonde.tls.certificate.CertificateSpec;
import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// Probes with TLS, through the door that every probe passes, against a managed listener on the
/// same loops, with its records and events.
final class SondeTlsPair extends TlsPair {

    private static final String HOST = "127.0.0.1";
    private static final ProbeSettings SETTINGS =
            ProbeSettings.DEFAULT.withSteps(
                    List.of(
                            new TlsSettings(
                                    null, List.of(), null, null, new TlsTrust.Authority(), null)));

    private final DataDirectory folder;
    private final ConfigurableApplicationContext context;
    private final KeyMaterial keys;
    private final ProbeRunner runner;
    private final Target target;

    SondeTlsPair(String label) throws IOException {
        super(label);
        folder = DataDirectory.create();
        context =
                new SpringApplicationBuilder(SondeAcceptor.Rooms.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                EngineLimits.arguments(
                                        "--sonde.data-dir=" + folder.path(),
                                        "--logging.level.root=warn",
                                        "--spring.main.banner-mode=off"));
        CertificateSpec spec =
                new CertificateSpec(
                        "bench", CertificateKind.SERVER, List.of(HOST), Duration.ofDays(1));
        keys = context.getBean(CertificateAuthority.class).issue(spec).orElseThrow().keys();
        target = new Target(HOST, listen().getPort());
        runner =
                new ProbeRunner(
                        context.getBean(Prober.class),
                        EngineBeans.NO_MODULES,
                        ListenerTimelines.none(),
                        List.of(),
                        List.of(),
                        Clock.systemUTC());
    }

    private InetSocketAddress listen() {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.ofLiteral(HOST), 0);
        ListenerSpec spec =
                ListenerSpec.of("bench", bind, new Behaviour.Discard())
                        .withLimits(new Limits(100_000, null, null, null))
                        .withTls(TlsServerSettings.of("bench"));
        return Objects.requireNonNull(context.getBean(Listeners.class).create(spec).address());
    }

    KeyMaterial serverKeys() {
        return keys;
    }

    X509Certificate authority() {
        return context.getBean(CertificateAuthority.class).certificate();
    }

    @Override
    void start(int turns, AtomicLong failed, CountDownLatch ended) {
        new Chain(turns, failed, ended).next();
    }

    @Override
    public void close() {
        context.close();
        folder.close();
    }

    private final class Chain implements RunListener {

        private final AtomicLong failed;
        private final CountDownLatch ended;
        private int turnsLeft;

        Chain(int turns, AtomicLong failed, CountDownLatch ended) {
            this.turnsLeft = turns;
            this.failed = failed;
            this.ended = ended;
        }

        void next() {
            if (turnsLeft == 0) {
                ended.countDown();
                return;
            }
            turnsLeft--;
            var _ = runner.run(Origin.ofScrape(null), target, SETTINGS, this);
        }

        @Override
        public void onResult(ProbeResult result) {
            if (!(result.outcome() instanceof Outcome.Succeeded)) {
                failed.incrementAndGet();
            }
            next();
        }
    }
}
