package dev.sonde.api.replica;

import dev.sonde.api.request.Query;
import dev.sonde.cluster.Replicas;
import dev.sonde.cluster.forward.Forwarding;
import dev.sonde.cluster.forward.Whereabouts;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.YamlText;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.problem.WholeRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The replica that a new listener names in its field `replica`. With `all` it is the one that
/// takes the request, and the others follow.
@Component
final class ChosenReplica {

    private static final String FIELD = "replica";

    /// The word for every replica, of which this one is the first.
    static final String ALL = "all";

    private final Forwarding forwarding;
    private final Replica self;
    private final Replicas replicas;
    private final JsonMapper json;

    ChosenReplica(Forwarding forwarding, Replica self, Replicas replicas, JsonMapper json) {
        this.forwarding = forwarding;
        this.self = self;
        this.replicas = replicas;
        this.json = json;
    }

    /// Its place; here where the request names none.
    ///
    /// @throws InvalidRequestException for a name that no member has
    Whereabouts placeOf(HttpServletRequest request) {
        return named(request)
                .filter(name -> !name.equals(self.name()) && !name.equals(ALL))
                .map(this::requireMember)
                .orElseGet(Whereabouts.Here::new);
    }

    private Whereabouts requireMember(String name) {
        if (forwarding.placeAt(name) instanceof Whereabouts.There there) {
            return there;
        }
        throw Query.invalid(
                FIELD,
                name,
                "all, or one of "
                        + replicas.status()
                                .map(status -> String.join(", ", status.members()))
                                .orElse(self.name()));
    }

    /// The body is read as its type says. One that cannot be read is refused later.
    private Optional<String> named(HttpServletRequest request) {
        String body = new String(WholeRequest.body(request), StandardCharsets.UTF_8);
        if (!body.contains(FIELD)) {
            return Optional.empty();
        }
        boolean isYaml = String.valueOf(request.getContentType()).contains("yaml");
        try {
            JsonNode tree = isYaml ? YamlText.tree(body) : json.readTree(body);
            return Optional.of(tree.path(FIELD).asString("")).filter(text -> !text.isEmpty());
        } catch (JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
