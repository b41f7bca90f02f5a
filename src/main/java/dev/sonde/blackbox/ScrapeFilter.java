package dev.sonde.blackbox;

import dev.sonde.blackbox.direct.DirectScrapes;
import dev.sonde.eventloop.Ticker;
import dev.sonde.security.DirectAccess;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// The short way to `/probe`: it answers the plain requests of admitted callers ahead of the filter
/// chain. All others take the long way.
final class ScrapeFilter implements Filter {

    static final String PATH = "/probe";

    private final DirectAccess access;
    private final Scraper scraper;
    private final RequestTimes times;
    private final Ticker ticker;
    private final DirectScrapes scrapes;

    ScrapeFilter(
            DirectAccess access,
            Scraper scraper,
            RequestTimes times,
            Ticker ticker,
            DirectScrapes scrapes) {
        this.scrapes = scrapes;
        this.access = access;
        this.scraper = scraper;
        this.times = times;
        this.ticker = ticker;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked)
                || !(response instanceof HttpServletResponse answered)) {
            chain.doFilter(request, response);
            return;
        }
        long startedNanos = ticker.read();
        DirectAccess.Admitted caller = access.admit(asked, answered, PATH);
        if (caller == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            scraper.answer(asked, answered, caller.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServletException(e);
        }
        times.record(PATH, answered.getStatus(), ticker.read() - startedNanos);
        follow(asked, answered, caller);
    }

    private void follow(
            HttpServletRequest asked, HttpServletResponse answered, DirectAccess.Admitted caller) {
        if (asked.getParameter("debug") != null) {
            return;
        }
        DirectAccess.Repetition access = this.access.repeated(asked, caller, PATH);
        if (access != null) {
            String timeout = asked.getHeader(Scraper.TIMEOUT_HEADER);
            scrapes.follow(asked, answered, access, timeout, caller.name());
        }
    }
}
