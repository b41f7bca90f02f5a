package dev.sonde.api.body;

import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// The question whether the request on this thread may send a view back: PUT replaces a resource by
/// what a GET showed.
final class SentBack {

    private SentBack() {}

    static boolean isSentBack() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                && now.getRequest().getMethod().equals("PUT");
    }
}
