package dev.sonde.listen;

import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.listen.engine.ConnectionRecords;
import dev.sonde.listen.engine.Lanes;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.ProxyMemory;
import dev.sonde.listen.engine.ProxyRoutes;
import dev.sonde.listen.engine.SocketRules;
import dev.sonde.listen.engine.Upstreams;
import dev.sonde.listen.record.RecordMemory;
import dev.sonde.listen.record.Traces;
import dev.sonde.listen.spec.ListenerObserver;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.memory.HeapLedger;
import dev.sonde.policy.BindPolicy;
import dev.sonde.policy.ListenerPorts;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.ConnectPace;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.NameLookup;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsServers;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Assembles the listeners, and opens those from before a restart.
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

    @Bean
    ListenEngine listenEngine(
            ListenerProperties properties,
            Lanes lanes,
            DescriptorBudget descriptors,
            BindPolicy policy,
            ListenerPorts ports,
            Clock clock,
            TlsServers tls,
            Upstreams upstreams,
            HeapLedger ledger,
            Replica self,
            ObjectProvider<ListenerObserver> observers) {
        AtomicLong connections = new AtomicLong();
        return new ListenEngine(
                lanes,
                new SocketRules(descriptors, policy, ports, ErrorTexts.ofThisProcess()),
                new ConnectionRecords(
                        new RecordMemory(
                                properties.recordMemory().toBytes(), ledger.share("recordings")),
                        new Traces(),
                        () -> self.mark(connections.incrementAndGet())),
                clock,
                observers.orderedStream().toList(),
                properties.retry(),
                tls,
                upstreams);
    }

    @Bean
    Upstreams upstreams(
            ListenerProperties properties,
            TargetPolicy policy,
            NameLookup names,
            ConnectPace pace,
            TlsClients tls) {
        ListenerProperties.Proxy proxy = properties.proxy();
        return new Upstreams(
                policy,
                names,
                pace,
                tls,
                new ProxyRoutes(),
                new ProxyMemory((int) proxy.buffer().toBytes(), proxy.memory().toBytes()),
                proxy.connectTimeout());
    }

    @Bean
    Lanes listenerLanes(EventLoopGroup loops, KernelFeatures kernel) {
        return new Lanes(loops, kernel);
    }

    @Bean(destroyMethod = "close")
    Listeners listeners(
            ListenEngine engine,
            ListenerStore store,
            ListenerProperties properties,
            HeapLedger ledger) {
        return new Listeners(engine, store, properties.max(), ledger.share("definitions"));
    }

    @Bean
    ListenerTimelines otherEnds(ListenEngine engine) {
        return new OwnTimelines(engine);
    }

    @Bean
    EarlyListeners earlyListeners(Listeners listeners) {
        return new EarlyListeners(listeners);
    }

    /// For a service without a web server of its own.
    @Bean
    ApplicationListener<ApplicationReadyEvent> listenersReopening(Listeners listeners) {
        return _ -> listeners.reopen();
    }
}
