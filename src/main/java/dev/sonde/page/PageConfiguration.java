package dev.sonde.page;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The files of the page: our own below `page/`, and two libraries below `page/lib/`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PageProperties.class)
class PageConfiguration implements WebMvcConfigurer {

    private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";

    private final PageProperties properties;

    PageConfiguration(PageProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        if (!properties.enabled()) {
            return;
        }
        registry.addResourceHandler("/page/lib/**")
                .addResourceLocations(WEBJARS + "lit-html/3.3.1/", WEBJARS + "uplot/1.6.30/dist/")
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true);
        registry.addResourceHandler("/page/**")
                .addResourceLocations("classpath:/page/")
                .setCacheControl(CacheControl.noCache())
                .resourceChain(true);
    }
}
