package dev.sonde.history;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The history's beans.
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

    @Bean
    DroppedResults droppedResults() {
        return new DroppedResults();
    }

    @Bean
    StatisticsReader statisticsReader(RunHistory runs, IncidentHistory incidents) {
        return new StatisticsReader(runs, incidents);
    }
}
