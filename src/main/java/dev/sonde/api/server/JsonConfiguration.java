package dev.sonde.api.server;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;

/// The strict reading of JSON. An unknown field is refused, so that nobody believes in a setting
/// without effect.
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    @Bean
    JsonMapperBuilderCustomizer strictReading() {
        return JsonConfiguration::makeStrict;
    }

    private static void makeStrict(JsonMapper.Builder mapper) {
        mapper.addModule(StrictScalar.module())
                .addHandler(new UnexpectedScalar())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .withCoercionConfigDefaults(
                        shapes -> {
                            for (CoercionInputShape shape : CoercionInputShape.values()) {
                                shapes.setCoercion(shape, CoercionAction.Fail);
                            }
                        });
    }
}
