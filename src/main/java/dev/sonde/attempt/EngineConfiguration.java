package dev.sonde.attempt;

import dev.sonde.attempt.admission.Admission;
import dev.sonde.attempt.admission.ConnectPacer;
import dev.sonde.attempt.admission.DescriptorShare;
import dev.sonde.attempt.admission.FairLine;
import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.attempt.name.DnsResolver;
import dev.sonde.attempt.name.NameQuestion;
import dev.sonde.attempt.name.NameResolver;
import dev.sonde.attempt.name.Resolution;
import dev.sonde.attempt.name.Resolver;
import dev.sonde.attempt.name.ResolverProperties;
import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.memory.HeapLedger;
import dev.sonde.policy.FloodPolicy;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.NameLookup;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.tls.TlsClients;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the engine together and starts its loops.
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Ticker ticker() {
        return Ticker.system();
    }

    @Bean(initMethod = "start")
    EventLoopGroup eventLoops(EngineProperties properties, Ticker ticker) {
        int loops =
                properties.loops() == 0
                        ? Runtime.getRuntime().availableProcessors()
                        : properties.loops();
        return new EventLoopGroup(loops, ticker);
    }

    @Bean
    DescriptorBudget descriptorBudget(EngineProperties properties) {
        int limit =
                properties.descriptors() == 0
                        ? DescriptorShare.ofProcess()
                        : properties.descriptors();
        return new DescriptorBudget(limit, FairLine.part(limit, properties.reservedPercent()));
    }

    @Bean
    KernelFeatures kernelFeatures(EngineProperties properties) {
        return properties.kernelEvidence()
                ? KernelFeatures.detect()
                : KernelFeatures.none("switched off by sonde.engine.kernel-evidence");
    }

    @Bean
    NameResolver resolver(ResolverProperties properties, EngineProperties engine, Ticker ticker) {
        return switch (properties.mode()) {
            case DNS -> {
                EventLoop own = new EventLoop("resolver", ticker);
                own.start();
                yield DnsResolver.ofHost(
                        own,
                        new DnsResolver.Limits(
                                properties.concurrency() + properties.queue(),
                                engine.reservedPercent(),
                                properties.timeout().toNanos()));
            }
            case SYSTEM ->
                    new Resolver(
                            InetAddress::getAllByName,
                            ticker,
                            new Resolver.Limits(
                                    properties.concurrency(),
                                    properties.queue(),
                                    engine.reservedPercent()));
        };
    }

    @Bean
    NameLookup nameLookup(NameResolver resolver) {
        return (host, whenDone) ->
                resolver.resolve(
                        new NameQuestion(Share.of(null), host, AddressFamily.ANY, 0),
                        () -> {},
                        found ->
                                whenDone.accept(
                                        switch (found) {
                                            case Resolution.Found(List<InetAddress> all, _, _) ->
                                                    new NameLookup.Answer.Found(all);
                                            case Resolution.Unresolved(Outcome why, _, _) ->
                                                    new NameLookup.Answer.Unknown(why);
                                        }));
    }

    /// One pace for probes and proxies together.
    @Bean
    ConnectPacer connectPacer(EngineProperties properties, Ticker ticker) {
        return new ConnectPacer(
                properties.connectsPerSecond(),
                properties.connectsPerSecondPerAddress(),
                properties.queueTimeout().toNanos(),
                ticker.read());
    }

    @Bean
    Questions questions(EvidenceProperties properties, Ticker ticker) {
        return new Questions(properties.questions(), ticker);
    }

    @Bean
    Engine engine(
            EngineProperties properties,
            TargetPolicy policy,
            FloodPolicy floods,
            DescriptorBudget descriptors,
            TlsClients tls,
            HeapLedger ledger,
            ConnectPacer pacer,
            Questions questions)
            throws IOException {
        long queueTimeoutNanos = properties.queueTimeout().toNanos();
        Admission admission =
                new Admission(
                        new Admission.Limits(
                                properties.inFlight(),
                                properties.queue(),
                                ledger.share("attempts"),
                                properties.reservedPercent()),
                        descriptors);
        ConnectErrors errors = new ConnectErrors(ErrorTexts.ofThisProcess());
        return new Engine(
                policy,
                floods,
                pacer,
                admission,
                errors,
                tls,
                questions,
                queueTimeoutNanos,
                isHalfOpenPossible(),
                null);
    }

    @Bean
    Prober prober(
            EventLoopGroup loops,
            KernelFeatures kernel,
            Engine engine,
            NameResolver resolver,
            ResolverProperties properties) {
        return new Prober(
                loops,
                kernel,
                engine,
                new ProbeRun.Names(resolver, properties.timeout().toNanos()));
    }

    private static boolean isHalfOpenPossible() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            return channel.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        }
    }
}
