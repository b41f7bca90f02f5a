package dev.sonde.web;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/// The port on which a replica takes requests that other replicas forward. It serves only peers
/// with a certificate that the TLS material accepts.
public final class MemberConnector {

    private static final String REQUIRED = "required";
    private static final int MOST_CONNECTIONS = 4_096;
    private static final int HEADER_MILLIS = 10_000;

    /// Longer than a peer keeps a connection that it does not use.
    private static final int IDLE_MILLIS = 120_000;

    private final Connector connector;

    /// @param address of this host
    /// @param port 0 for any free one
    /// @param tls asked for each connection
    public MemberConnector(String address, int port, Supplier<SSLContext> tls) {
        connector = new Connector(Http11NioProtocol.class.getName());
        connector.setPort(port);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("address", address);
        connector.setProperty("relaxedQueryChars", "[,]");
        Http11NioProtocol protocol = (Http11NioProtocol) connector.getProtocolHandler();
        protocol.setSSLEnabled(true);
        protocol.setMaxConnections(MOST_CONNECTIONS);
        protocol.setConnectionTimeout(HEADER_MILLIS);
        protocol.setKeepAliveTimeout(IDLE_MILLIS);
        protocol.setMaxKeepAliveRequests(-1);
        protocol.setExecutor(new VirtualThreadExecutor("forwarded-"));
        connector.addSslHostConfig(host(tls));
    }

    private static SSLHostConfig host(Supplier<SSLContext> tls) {
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        host.setCertificateVerification(REQUIRED);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setSslContext(new RenewedTls(tls));
        host.addCertificate(certificate);
        return host;
    }

    /// Adds the port to a server that has not started.
    public void addTo(TomcatServletWebServerFactory factory) {
        factory.addAdditionalConnectors(connector);
        factory.addEngineValves(new MemberValve(connector));
    }

    /// The bound port.
    public int port() {
        return connector.getLocalPort();
    }
}
