package dev.sonde.api.document;

import dev.sonde.problem.ProblemType;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The problems that an operation can answer because of its form: its path, parameters and body. An
/// operation names a problem itself only where more is to be said.
final class ErrorRule {

    private static final Pattern NAMED = Pattern.compile("/api/v1/([a-z]+)/\\{.+");
    private static final Pattern STORED =
            Pattern.compile("/api/v1/(probes|results|listeners|definitions)(/.+)?");
    private static final Pattern HELD = Pattern.compile("/api/v1/(checks|results|listeners)/.+");

    private static final Map<String, String> ABSENT =
            Map.of(
                    "probes", "No probe has this name",
                    "listeners", "No listener has this name",
                    "certificates", "No certificate has this name",
                    "definitions", "No set of this name owns anything",
                    "maintenances", "No maintenance has this id",
                    "checks", "No check has this id",
                    "results", "No result has this id, or it is kept no longer");

    private final String path;
    private final HttpMethod method;
    private final Operation operation;

    ErrorRule(String path, HttpMethod method, Operation operation) {
        this.path = path;
        this.method = method;
        this.operation = operation;
    }

    void apply() {
        add(400, "A parameter, a header or the body is not valid");
        Matcher named = NAMED.matcher(path);
        if (named.matches() && !createsWhatIsNamed()) {
            add(404, ABSENT.getOrDefault(named.group(1), "Nothing has this name"));
        }
        if (hasContent()) {
            add(406, "No form of the answer is acceptable");
        }
        if (hasPrecondition()) {
            add(412, "A condition in the headers does not hold");
        }
        if (operation.getRequestBody() != null) {
            add(413, "The body is too long");
            add(415, "The type of the body is not supported");
        }
        if (HELD.matcher(path).matches()) {
            add(statusOf(ProblemType.REPLICA_GONE), "The replica that had it is gone");
            add(
                    statusOf(ProblemType.HELD_BY_ANOTHER_REPLICA),
                    "Another replica has it, and the request has Sonde-No-Forward");
            add(
                    statusOf(ProblemType.REPLICA_UNREACHABLE),
                    "The replica that has it does not answer");
        }
        if (STORED.matcher(path).matches()) {
            add(statusOf(ProblemType.STORE_UNAVAILABLE), "The database does not answer");
        }
    }

    /// Whether the operation makes the resource that its path names.
    private boolean createsWhatIsNamed() {
        return method == HttpMethod.PUT;
    }

    private boolean hasContent() {
        return operation.getResponses().entrySet().stream()
                .anyMatch(
                        response ->
                                response.getKey().startsWith("2")
                                        && response.getValue().getContent() != null);
    }

    private boolean hasPrecondition() {
        return method != HttpMethod.GET
                && operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> parameter.getName().startsWith("If-"));
    }

    private void add(int status, String description) {
        ApiResponses responses = operation.getResponses();
        String key = Integer.toString(status);
        if (!responses.containsKey(key)) {
            responses.addApiResponse(key, new ApiResponse().description(description));
        }
    }

    private static int statusOf(ProblemType type) {
        return type.because("").status();
    }
}
