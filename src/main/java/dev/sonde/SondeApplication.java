package dev.sonde;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// The service. Started by `mvn spring-boot:run` or `java -jar`.
@SpringBootApplication
@ConfigurationPropertiesScan
class SondeApplication {

    static void main(String[] args) {
        SpringApplication.run(SondeApplication.class, args);
    }
}
