package dev.sonde.api.server;

import dev.sonde.check.TooManyChecksException;
import dev.sonde.check.TooManyTargetsException;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.problem.ProblemDocument;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemWriter;
import dev.sonde.schedule.OwnedBySetException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/// Answers the exceptions of this service by a direct call of [ProblemAdvice]. The framework's own
/// way searches a method by reflection, and negotiates the type of an answer that has only one. It
/// cost more than a good answer. Every other exception goes that way.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class ProblemResolver implements HandlerExceptionResolver {

    private final ProblemAdvice advice;
    private final ProblemWriter problems;

    ProblemResolver(ProblemAdvice advice, ProblemWriter problems) {
        this.advice = advice;
        this.problems = problems;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Object handler,
            Exception e) {
        if (response.isCommitted()) {
            return null;
        }
        ResponseEntity<Object> answer = answer(e, new ServletWebRequest(request, response));
        if (answer == null || !(answer.getBody() instanceof ProblemDocument problem)) {
            return null;
        }
        try {
            answer.getHeaders()
                    .forEach(
                            (name, values) ->
                                    values.forEach(value -> response.setHeader(name, value)));
            problems.write(problem, response);
            return new ModelAndView();
        } catch (IOException gone) {
            e.addSuppressed(gone);
            return null;
        }
    }

    private @Nullable ResponseEntity<Object> answer(Exception e, WebRequest request) {
        return switch (e) {
            case ProblemException problem -> advice.onProblem(problem, request);
            case InvalidRequestException invalid -> advice.onInvalidRequest(invalid, request);
            case InvalidListenerException invalid -> advice.onInvalidListener(invalid, request);
            case ListenerException refused -> advice.onListener(refused, request);
            case OwnedBySetException owned -> advice.onForeignProbe(owned, request);
            case TooManyChecksException many -> advice.onTooManyChecks(many, request);
            case TooManyTargetsException many -> advice.onTooManyTargets(many, request);
            default -> null;
        };
    }
}
