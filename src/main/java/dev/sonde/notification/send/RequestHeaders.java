package dev.sonde.notification.send;

import dev.sonde.notification.receiver.Channel;
import dev.sonde.start.HiddenText;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;

/// The headers of a receiver's requests.
final class RequestHeaders {

    private RequestHeaders() {}

    /// Adds the headers.
    ///
    /// @throws IOException where the file of headers cannot be read
    static void add(HttpPost request, Channel.Request given) throws IOException {
        given.headers().forEach(request::setHeader);
        HiddenText more = given.more();
        if (more == null) {
            return;
        }
        for (String line : more.read().lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                request.setHeader(
                        line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
        }
    }
}
