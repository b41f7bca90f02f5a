package dev.sonde.api.server;

import dev.sonde.form.InvalidFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses a query parameter that the operation does not have, because the answer would look
/// filtered without being so. An operation has the parameters of its method and of its description.
/// The API's document and this rule therefore agree. Safe for any thread.
@Component
final class KnownParameters implements HandlerInterceptor {

    private final Map<Method, SortedSet<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod method) {
            SortedSet<String> names =
                    known.computeIfAbsent(method.getMethod(), _ -> parameters(method));
            InvalidFields invalid = new InvalidFields();
            request.getParameterMap()
                    .forEach(
                            (name, values) -> {
                                if (!names.contains(name)) {
                                    invalid.add(name, values[0], sentence(names));
                                }
                            });
            invalid.throwIfAny();
        }
        return true;
    }

    private static String sentence(SortedSet<String> names) {
        return "no such parameter is known here; "
                + (names.isEmpty() ? "none is" : "known are " + String.join(", ", names));
    }

    private static SortedSet<String> parameters(HandlerMethod method) {
        SortedSet<String> names = new TreeSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
            if (query != null) {
                names.add(query.name().isEmpty() ? name(parameter) : query.name());
            } else if (!parameter.hasParameterAnnotation(RequestBody.class)
                    && parameter.getParameterType().isRecord()) {
                addComponents(parameter.getParameterType(), names);
            }
        }
        Operation described =
                AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Operation.class);
        for (Parameter each : described == null ? new Parameter[0] : described.parameters()) {
            if (each.in() == ParameterIn.QUERY) {
                names.add(each.name());
            }
        }
        return names;
    }

    private static void addComponents(Class<?> type, SortedSet<String> names) {
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(component.getName());
        }
    }

    private static String name(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
        return String.valueOf(parameter.getParameterName());
    }
}
