package dev.sonde.api;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What the service answered.
record Answer(HttpResponse<String> response) {

    private static final JsonMapper JSON = new JsonMapper();

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    String text() {
        return response.body();
    }

    JsonNode json() {
        return text().isEmpty() ? MissingNode.getInstance() : JSON.readTree(text());
    }

    /// The text at a JSON pointer; empty when nothing is there.
    String at(String pointer) {
        return json().at(pointer).asString("");
    }

    /// `400 interval` for a problem document that names a field; else the status alone.
    String problem() {
        boolean isProblem = header("content-type").startsWith("application/problem+json");
        return (status() + (isProblem ? " " : " no problem document ") + at("/errors/0/field"))
                .strip();
    }
}
