package dev.sonde.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers errors outside of controllers that the server forwards.
@Hidden
@RestController
class ProblemErrorController implements ErrorController {

    private static final int NOT_FOUND = 404;

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<ProblemDocument> error(HttpServletRequest request) {
        // Absent when somebody asks for this path itself.
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                        ? code
                        : NOT_FOUND;
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        ProblemDocument problem =
                ProblemType.of(status)
                        .because(status)
                        .at(path instanceof String text ? text : request.getRequestURI());
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
