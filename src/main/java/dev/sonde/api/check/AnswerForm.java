package dev.sonde.api.check;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/// Which form of an answer a request asks for.
final class AnswerForm {

    private AnswerForm() {}

    /// Whether a stream of lines is asked for before one JSON document. The header is known to be
    /// readable and to allow one of the two.
    static boolean prefersNdjson(HttpServletRequest request) {
        List<MediaType> accepted =
                new ArrayList<>(
                        MediaType.parseMediaTypes(
                                Collections.list(request.getHeaders(HttpHeaders.ACCEPT))));
        MimeTypeUtils.sortBySpecificity(accepted);
        for (MediaType type : accepted) {
            if (type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
                return false;
            }
            if (type.isCompatibleWith(MediaType.APPLICATION_NDJSON)) {
                return true;
            }
        }
        return false;
    }
}
