package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Failure;
import java.net.URI;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The answer of a service that refuses a request.
///
/// @param body a problem document, or anything else where the service is no Sonde
record RefusedAnswer(int status, String body) {

    /// The end of a command that was refused.
    ///
    /// @param base the address of the service
    Failure failure(URI base, boolean hasToken) {
        String advice =
                switch (status) {
                    case 401 ->
                            hasToken
                                    ? " (the token is not known there)"
                                    : " (no token was given: SONDE_TOKEN)";
                    case 403 -> " (the token's role is too small, or the policy forbids it)";
                    default -> "";
                };
        return new Failure(
                Failure.SERVER,
                "%s refuses with %d%s: %s".formatted(base, status, advice, problem()));
    }

    /// The sentence of a problem document, with the fields that are wrong.
    private String problem() {
        try {
            JsonNode read = Server.MAPPER.readTree(body);
            StringBuilder words = new StringBuilder(Server.text(read, "detail"));
            read.path("errors")
                    .forEach(
                            error ->
                                    words.append("; ")
                                            .append(Server.text(error, "field"))
                                            .append(line(error))
                                            .append(": ")
                                            .append(Server.text(error, "message")));
            return words.isEmpty() ? "no reason is given." : words + ".";
        } catch (JacksonException _) {
            // Not Sonde's.
            return body.lines().findFirst().orElse("no reason is given").strip();
        }
    }

    private static String line(JsonNode error) {
        String line = Server.text(error, "line").toLowerCase(Locale.ROOT);
        return line.isEmpty() ? "" : " (line " + line + ")";
    }
}
