package dev.sonde.api.server;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What stands before the controllers of things that live on one replica.
@Configuration(proxyBeanMethods = false)
class InterceptorConfiguration implements WebMvcConfigurer {

    private final HeldElsewhere heldElsewhere;

    InterceptorConfiguration(HeldElsewhere heldElsewhere) {
        this.heldElsewhere = heldElsewhere;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(heldElsewhere)
                .addPathPatterns(
                        "/api/v1/listeners/*/**", "/api/v1/checks/*/**", "/api/v1/results/*/**");
    }
}
