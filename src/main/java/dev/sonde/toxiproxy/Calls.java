package dev.sonde.toxiproxy;

import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.probe.keeping.ChangeRefusedException;
import dev.sonde.probe.keeping.HeldElsewhereException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;

/// The calls of the API, selected by method and path. Safe for any thread but an event loop's.
final class Calls {

    static final String VERSION = "2.12.0";

    private final Proxies proxies;
    private final ToxicRegistry toxics;

    Calls(Proxies proxies, ToxicRegistry toxics) {
        this.proxies = proxies;
        this.toxics = toxics;
    }

    /// Answers a call; a refusal is an answer.
    ///
    /// @param path its parts, decoded
    ToxiproxyAnswer answer(String method, List<String> path, byte[] body) {
        try {
            return call(method, path, body);
        } catch (RuntimeException e) {
            ToxiproxyException refused = refused(e);
            return ToxiproxyAnswer.json(refused.status(), problem(refused));
        }
    }

    private static Map<String, Object> problem(ToxiproxyException refused) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("error", refused.getMessage());
        problem.put("status", refused.status());
        return problem;
    }

    private static ToxiproxyException refused(RuntimeException cause) {
        return switch (cause) {
            case ToxiproxyException own -> own;
            case InvalidListenerException invalid ->
                    ToxiproxyException.badBody(invalid.field() + ": " + invalid.getMessage());
            case ListenerException problem ->
                    new ToxiproxyException(status(problem.problem()), problem.detail());
            case ChangeRefusedException refused ->
                    new ToxiproxyException(
                            refused.isStorageFull() ? 507 : 503,
                            "nothing was changed: " + refused.getMessage());
            case HeldElsewhereException elsewhere ->
                    new ToxiproxyException(409, String.valueOf(elsewhere.getMessage()));
            case DataAccessException _, TransactionException _ ->
                    new ToxiproxyException(503, "nothing was changed: the store is unavailable");
            default -> throw cause;
        };
    }

    private static int status(ListenerProblem problem) {
        return switch (problem) {
            case DENIED_BY_POLICY -> 403;
            case NAME_EXISTS, OWNED_BY_SET -> 409;
            case TOO_MANY_LISTENERS, NO_DESCRIPTORS -> 429;
            case DEFINITIONS_FULL -> 507;
            default -> 500;
        };
    }

    private ToxiproxyAnswer call(String method, List<String> path, byte[] body) {
        String first = path.isEmpty() ? "" : path.getFirst();
        return switch (first) {
            case "version" -> ToxiproxyAnswer.json(200, Map.of("version", VERSION));
            case "metrics" -> ToxiproxyAnswer.text(200, ProxyFigures.text(proxies.statuses()));
            case "reset" -> {
                if (!method.equals("POST")) {
                    yield notAllowed();
                }
                proxies.reset();
                yield ToxiproxyAnswer.none();
            }
            case "populate" -> method.equals("POST") ? populate(body) : notAllowed();
            case "proxies" -> ofProxies(method, path, body);
            default -> ToxiproxyAnswer.text(404, "404 page not found\n");
        };
    }

    private ToxiproxyAnswer ofProxies(String method, List<String> path, byte[] body) {
        return switch (path.size()) {
            case 1 ->
                    switch (method) {
                        case "GET" -> ToxiproxyAnswer.json(200, proxies.all());
                        case "POST" -> ToxiproxyAnswer.json(201, proxies.create(object(body)));
                        default -> notAllowed();
                    };
            case 2 -> ofProxy(method, path.get(1), body);
            case 3 ->
                    path.get(2).equals("toxics") ? ofToxics(method, path.get(1), body) : unknown();
            case 4 ->
                    path.get(2).equals("toxics")
                            ? ofToxic(method, path.get(1), path.get(3), body)
                            : unknown();
            default -> unknown();
        };
    }

    private ToxiproxyAnswer ofProxy(String method, String proxy, byte[] body) {
        return switch (method) {
            case "GET" -> ToxiproxyAnswer.json(200, ProxyView.of(proxies.find(proxy)));
            case "POST", "PATCH" -> ToxiproxyAnswer.json(200, proxies.update(proxy, object(body)));
            case "DELETE" -> {
                proxies.delete(proxy);
                yield ToxiproxyAnswer.none();
            }
            default -> notAllowed();
        };
    }

    private ToxiproxyAnswer ofToxics(String method, String proxy, byte[] body) {
        return switch (method) {
            case "GET" -> ToxiproxyAnswer.json(200, toxics.all(proxy));
            case "POST" -> ToxiproxyAnswer.json(200, toxics.add(proxy, object(body)));
            default -> notAllowed();
        };
    }

    private ToxiproxyAnswer ofToxic(String method, String proxy, String toxic, byte[] body) {
        return switch (method) {
            case "GET" -> ToxiproxyAnswer.json(200, toxics.find(proxy, toxic));
            case "POST", "PATCH" ->
                    ToxiproxyAnswer.json(200, toxics.update(proxy, toxic, object(body)));
            case "DELETE" -> {
                toxics.delete(proxy, toxic);
                yield ToxiproxyAnswer.none();
            }
            default -> notAllowed();
        };
    }

    /// All names and upstreams are checked before anything changes.
    private ToxiproxyAnswer populate(byte[] body) {
        JsonNode read = Body.read(body);
        List<Body> wanted = Body.objects(read);
        wanted.forEach(Proxies::requireNames);
        List<Map<String, Object>> done = new ArrayList<>();
        try {
            wanted.forEach(each -> done.add(proxies.populate(each)));
        } catch (RuntimeException e) {
            ToxiproxyException refused = refused(e);
            Map<String, Object> problem = problem(refused);
            problem.put("proxies", done);
            return ToxiproxyAnswer.json(refused.status(), problem);
        }
        return ToxiproxyAnswer.json(201, Map.of("proxies", done));
    }

    private static Body object(byte[] body) {
        return Body.object(Body.read(body));
    }

    private static ToxiproxyAnswer notAllowed() {
        return ToxiproxyAnswer.text(405, "");
    }

    private static ToxiproxyAnswer unknown() {
        return ToxiproxyAnswer.text(404, "404 page not found\n");
    }
}
