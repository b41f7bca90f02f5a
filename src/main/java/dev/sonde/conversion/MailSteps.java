package dev.sonde.conversion;

import java.util.List;
import java.util.Map;

/// The dialogue with a mail server up to the handshake of TLS.
final class MailSteps {

    static final List<Map<String, Object>> STARTTLS =
            List.of(
                    Map.of("expect", "^220[^\\n]*\\n", "send", "EHLO sonde\r\n"),
                    Map.of("expect", "\\n?250 [^\\n]*\\n", "send", "STARTTLS\r\n"),
                    Map.of("expect", "^220[^\\n]*\\n", "startTls", true));

    static final List<Map<String, Object>> GREETING =
            List.of(
                    Map.of("expect", "^220[^\\n]*\\n", "send", "EHLO sonde\r\n"),
                    Map.of("expect", "\\n?250 [^\\n]*\\n", "send", "QUIT\r\n"));

    private MailSteps() {}
}
