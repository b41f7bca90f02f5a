package dev.sonde.api.document;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;

/// The order in which a person uses the operations of a group: create, read, actions, change,
/// delete. Within each of these, the shortest path is first.
final class OperationOrder {

    /// The operation's place, which Swagger UI sorts by.
    static final String EXTENSION = "x-order";

    private static final int CREATE = 10;
    private static final int READ = 20;
    private static final int USE = 30;
    private static final int CHANGE = 40;
    private static final int DELETE = 60;

    private OperationOrder() {}

    static void describe(OpenAPI api) {
        api.getPaths()
                .forEach(
                        (path, item) ->
                                item.readOperationsMap()
                                        .forEach(
                                                (method, operation) ->
                                                        operation.addExtension(
                                                                EXTENSION, place(path, method))));
    }

    static int place(String path, HttpMethod method) {
        int depth = depth(path);
        return switch (method) {
            case DELETE -> DELETE - depth;
            case PATCH -> CHANGE;
            case PUT -> CREATE + depth;
            case POST -> depth > 1 ? USE : CREATE + (path.endsWith("bulk") ? 1 : 0);
            default -> depth > 1 ? USE + depth : READ + depth;
        };
    }

    /// 0 for a collection, 1 for one of its resources, more for what belongs to that.
    private static int depth(String path) {
        int variable = path.indexOf('{');
        if (variable < 0) {
            return 0;
        }
        return List.of(path.substring(variable).split("/")).size();
    }
}
