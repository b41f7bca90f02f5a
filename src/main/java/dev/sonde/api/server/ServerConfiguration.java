package dev.sonde.api.server;

import dev.sonde.problem.ProblemReportValve;
import dev.sonde.problem.ProblemWriter;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// The differences of the web server from its defaults.
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    /// Last, so that it reports before the HTML page that is set up by default.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsInsteadOfPages(
            ProblemWriter writer) {
        return factory -> factory.addContextCustomizers(context -> report(context, writer));
    }

    private static void report(Context context, ProblemWriter writer) {
        if (context.getParent() instanceof StandardHost host) {
            host.getPipeline().addValve(new ProblemReportValve(writer));
        }
    }
}
