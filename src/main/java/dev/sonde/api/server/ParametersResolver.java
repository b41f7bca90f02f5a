package dev.sonde.api.server;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Makes a record of texts from the query parameters of the same names. A parameter that is given
/// several times is one text with commas. Safe for any thread.
///
/// The framework's binder searches annotations of each component at each request. The search costs
/// ten times as much as the answer.
final class ParametersResolver implements HandlerMethodArgumentResolver {

    private final Map<Class<?>, Form> forms = new ConcurrentHashMap<>();

    /// A record's constructor and the names of its components.
    private record Form(Constructor<?> constructor, List<String> names) {}

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .allMatch(component -> component.getType().equals(String.class));
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws ReflectiveOperationException {
        Form form = forms.computeIfAbsent(parameter.getParameterType(), ParametersResolver::form);
        @Nullable Object[] texts = new @Nullable Object[form.names().size()];
        for (int i = 0; i < texts.length; i++) {
            String[] given = request.getParameterValues(form.names().get(i));
            texts[i] = given == null ? null : String.join(",", given);
        }
        try {
            return form.constructor().newInstance(texts);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw e;
        }
    }

    private static Form form(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
            return new Form(constructor, names);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record has its canonical constructor", e);
        }
    }
}
