package dev.sonde.tls;

import dev.sonde.tls.certificate.AuthorityStore;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.time.Clock;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of TLS.
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

    @Bean
    CertificateAuthority certificateAuthority(AuthorityStore store, Clock clock) {
        return new CertificateAuthority(store, clock);
    }

    /// As many threads as cores, because their work is computation.
    @Bean
    TlsClients tlsClients(CertificateAuthority authority) {
        return new TlsClients(authority, Runtime.getRuntime().availableProcessors());
    }

    /// After the start of the service, which would wait for the processors.
    @Bean
    ApplicationListener<ApplicationReadyEvent> tlsRehearsal(TlsClients clients, Clock clock) {
        return _ -> clients.threads().execute(new TlsRehearsal(clients, clock));
    }

    @Bean
    TlsServers tlsServers(CertificateAuthority authority, TlsClients clients) {
        return new TlsServers(authority, clients.threads());
    }
}
