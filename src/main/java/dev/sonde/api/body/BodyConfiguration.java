package dev.sonde.api.body;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/// The forms in which bodies are read and written.
@Configuration(proxyBeanMethods = false)
class BodyConfiguration implements WebMvcConfigurer {

    private final JsonMapper mapper;
    private final BodyReader reader;

    BodyConfiguration(JsonMapper mapper, BodyReader reader) {
        this.mapper = mapper;
        this.reader = reader;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters
                .withJsonConverter(new JsonBody(mapper, reader))
                .withYamlConverter(new YamlBody(mapper, reader));
    }
}
