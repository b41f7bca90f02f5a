package dev.sonde;

import dev.sonde.tls.HandshakeLimits;
import java.security.Security;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The service. Started by `mvn spring-boot:run` or `java -jar`.
@SpringBootApplication
@ConfigurationPropertiesScan
class SondeApplication {

    static void main(String[] args) {
        // Every probe asks the name service anew: a cached answer, above all a cached failure,
        // would be the prober's own and not the network's.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        HandshakeLimits.raise();
        HeapWatch.start();
        SpringApplication.run(SondeApplication.class, args);
    }
}
