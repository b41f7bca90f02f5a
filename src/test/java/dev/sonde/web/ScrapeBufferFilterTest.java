package dev.sonde.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// The buffer of a scrape.
class ScrapeBufferFilterTest {

    @Test
    void partOfAScrapeFillsTheServersBuffer() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new ScrapeBufferFilter()
                .doFilter(new MockHttpServletRequest(), response, new MockFilterChain());
        assertThat(response.getBufferSize()).isEqualTo(ScrapeBufferFilter.PART_BYTES);
    }

    @Test
    void bothPathsOfAScrapeHaveIt() {
        WebEndpointProperties endpoints = new WebEndpointProperties();
        endpoints.setBasePath("/manage");
        assertThat(new WebConfiguration().scrapeBuffer(endpoints).getUrlPatterns())
                .containsExactly("/manage/prometheus", "/metrics");
    }
}
