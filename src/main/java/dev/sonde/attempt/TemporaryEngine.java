package dev.sonde.attempt;

import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.Ticker;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Stands in until the engine's own configuration is there.
@Configuration(proxyBeanMethods = false)
class TemporaryEngine {

    @Bean(initMethod = "start")
    EventLoopGroup eventLoopGroup() {
        return new EventLoopGroup(2, Ticker.system());
    }

    @Bean
    DescriptorBudget descriptorBudget() {
        return new DescriptorBudget(1_000);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
