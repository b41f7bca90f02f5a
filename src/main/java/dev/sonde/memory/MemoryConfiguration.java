package dev.sonde.memory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The ledger of this process.
@Configuration(proxyBeanMethods = false)
class MemoryConfiguration {

    @Bean
    HeapLedger heapLedger(MemoryProperties properties) {
        return new HeapLedger(properties, Runtime.getRuntime().maxMemory());
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    LossReport lossReport(HeapLedger ledger) {
        return new LossReport(ledger.all());
    }
}
