package dev.sonde.blackbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /probe` behind the filter chain: every request that [ScrapeFilter] does not answer.
@RestController
class ScrapeController implements ScrapeOperations {

    private final Scraper scraper;

    ScrapeController(Scraper scraper) {
        this.scraper = scraper;
    }

    @GetMapping("/probe")
    @Override
    public void probe(HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        scraper.answer(request, response, request.getRemoteUser());
    }
}
