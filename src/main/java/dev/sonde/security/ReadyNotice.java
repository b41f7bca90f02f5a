package dev.sonde.security;

import dev.sonde.start.ServiceAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// The last line of a start: it says where the service is and whether a token is needed.
@Component
final class ReadyNotice implements ApplicationListener<ApplicationReadyEvent>, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ReadyNotice.class);

    private final AccessMode mode;
    private final ObjectProvider<BuildProperties> build;

    ReadyNotice(AccessMode mode, ObjectProvider<BuildProperties> build) {
        this.mode = mode;
        this.build = build;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        String at = ServiceAddress.url(environment);
        log.info(
                "Sonde{} is at {}/ (Swagger UI {}/swagger-ui.html, token needed: {})",
                version(),
                at,
                at,
                mode.isOpen() ? "no" : "yes");
    }

    private String version() {
        BuildProperties properties = build.getIfAvailable();
        return properties == null || properties.getVersion() == null
                ? ""
                : " " + properties.getVersion();
    }
}
