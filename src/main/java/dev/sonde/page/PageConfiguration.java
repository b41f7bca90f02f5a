package dev.sonde.page;

import dev.sonde.problem.ProblemWriter;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The page's beans.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PageProperties.class)
class PageConfiguration {

    @Bean
    PageFilter pageFilter(PageProperties properties, ProblemWriter problems) throws IOException {
        return new PageFilter(new PageFiles(properties), problems);
    }
}
