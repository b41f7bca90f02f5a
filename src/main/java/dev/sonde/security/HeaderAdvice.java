package dev.sonde.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.servlet.support.ExtendedServletRequestDataBinder;

/// Headers that reach controllers. The firewall judges a header when it is read, which may be as
/// late as there.
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class HeaderAdvice {

    private final RequestRejectedHandler rejected;

    HeaderAdvice(RequestRejectedHandler rejected) {
        this.rejected = rejected;
    }

    @ExceptionHandler
    void onRejected(
            RequestRejectedException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        rejected.handle(request, response, e);
    }

    /// A parameter is one of the query, never a header of the same name. It has the name of its
    /// component: the search for another name in annotations would read all of them each time.
    @InitBinder
    void bindNoHeader(WebDataBinder binder) {
        binder.setNameResolver(_ -> null);
        if (binder instanceof ExtendedServletRequestDataBinder extended) {
            extended.setHeaderPredicate(_ -> false);
        }
    }
}
