package dev.sonde.start;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.BindMethod;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.IgnoreTopLevelConverterNotFoundBindHandler;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/// Binds a group of settings as Spring Boot does: from the environment, with its placeholders and
/// converters, and validated. Safe for any thread.
final class SettingBinder {

    private final Binder binder;
    private @Nullable LocalValidatorFactoryBean validator;

    SettingBinder(ConfigurableEnvironment environment) {
        this.binder = Binder.get(environment);
    }

    /// @throws IllegalStateException where its type has no prefix
    Object bind(Class<?> type) {
        ConfigurationProperties group =
                Objects.requireNonNull(
                        AnnotatedElementUtils.findMergedAnnotation(
                                type, ConfigurationProperties.class),
                        "no prefix");
        BindHandler handler = new IgnoreTopLevelConverterNotFoundBindHandler();
        if (AnnotatedElementUtils.hasAnnotation(type, Validated.class)) {
            handler = new ValidationBindHandler(handler, validator());
        }
        return binder.bindOrCreate(
                group.prefix(), Bindable.of(type).withBindMethod(BindMethod.VALUE_OBJECT), handler);
    }

    private synchronized LocalValidatorFactoryBean validator() {
        LocalValidatorFactoryBean made = validator;
        if (made == null) {
            made = new LocalValidatorFactoryBean();
            made.afterPropertiesSet();
            validator = made;
        }
        return made;
    }
}
