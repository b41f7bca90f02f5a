package dev.sonde.blackbox;

import dev.sonde.blackbox.direct.DirectScrapes;
import dev.sonde.blackbox.modules.InvalidModuleFileException;
import dev.sonde.blackbox.modules.ModuleFileReader;
import dev.sonde.blackbox.modules.ModuleProperties;
import dev.sonde.blackbox.modules.Modules;
import dev.sonde.blackbox.modules.SettingsSection;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.Ticker;
import dev.sonde.memory.HeapLedger;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.security.DirectAccess;
import dev.sonde.start.StartException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/// The drop-in's beans.
@Configuration(proxyBeanMethods = false)
class BlackboxConfiguration {

    /// The mapper is not made before a file has settings: probes start earlier without it.
    @Bean
    Modules modules(ObjectProvider<JsonMapper> mapper, ModuleProperties properties, Clock clock) {
        try {
            return new Modules(
                    new ModuleFileReader(new SettingsSection(mapper::getObject)),
                    properties,
                    clock);
        } catch (InvalidModuleFileException e) {
            throw new StartException(
                    "sonde.modules.file=" + properties.file() + ": " + e.getMessage() + ".",
                    "Correct the file, or set sonde.modules.file to another one.",
                    e);
        }
    }

    @Bean
    RecentAnswers recentAnswers(ModuleProperties properties, HeapLedger ledger, Replica replica) {
        return new RecentAnswers(properties.history(), ledger.share("answers"), replica::mark);
    }

    /// An access log has every request; those on the loops would be missing in it.
    @Bean
    DirectScrapes directScrapes(
            EventLoopGroup loops, Scraper scraper, RequestTimes times, Environment environment) {
        boolean isLogged =
                environment.getProperty("server.tomcat.accesslog.enabled", Boolean.class, false);
        return new DirectScrapes(
                loops,
                scraper,
                nanos -> times.record(ScrapeFilter.PATH, HttpServletResponse.SC_OK, nanos),
                !isLogged);
    }

    /// First, so that no other filter costs a plain request anything.
    @Bean
    FilterRegistrationBean<ScrapeFilter> plainProbes(
            DirectAccess access,
            Scraper scraper,
            RequestTimes times,
            Ticker ticker,
            DirectScrapes scrapes) {
        var filter =
                new FilterRegistrationBean<>(
                        new ScrapeFilter(access, scraper, times, ticker, scrapes));
        filter.addUrlPatterns(ScrapeFilter.PATH);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> callersThatGoAway() {
        return factory -> factory.addEngineValves(new CallerValve());
    }
}
