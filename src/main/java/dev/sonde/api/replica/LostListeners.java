package dev.sonde.api.replica;

import dev.sonde.listen.ListenerOwner;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.problem.AuditNote;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// The listeners whose replica never returns. DELETE removes the row, so that the name is free.
@Component
final class LostListeners {

    private static final Pattern ONE = Pattern.compile(HeldResource.LISTENERS.path("([^/]+)"));

    private final ForeignListeners foreign;

    LostListeners(ForeignListeners foreign) {
        this.foreign = foreign;
    }

    /// Answers a DELETE of a listener whose replica has been silent for a minute. A condition in
    /// the headers cannot be compared without the holder.
    ///
    /// @return false where the request is another one, or the replica was there a moment ago
    /// @throws ListenerException where a set owns the listener
    boolean isRemoved(String replica, HttpServletRequest request, HttpServletResponse response) {
        Matcher path = ONE.matcher(request.getServletPath());
        if (!request.getMethod().equals("DELETE")
                || request.getHeader("If-Match") != null
                || !path.matches()) {
            return false;
        }
        String name = path.group(1);
        foreign.find(name).ifPresent(there -> ListenerOwner.require(there, null));
        if (!foreign.removeLost(name, replica)) {
            return false;
        }
        AuditNote.add(request, "replica", replica);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        return true;
    }
}
