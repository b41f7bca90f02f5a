package dev.sonde.api;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// What the service answered.
public record Answer(HttpResponse<String> response) {

    private static final JsonMapper JSON = new JsonMapper();

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public String text() {
        return response.body();
    }

    public JsonNode json() {
        return text().isEmpty() ? MissingNode.getInstance() : JSON.readTree(text());
    }

    /// The text at a JSON pointer; empty when nothing is there.
    public String at(String pointer) {
        return json().at(pointer).asString("");
    }

    /// `400 interval` for a problem document that names a field; else the status alone.
    public String problem() {
        boolean isProblem = header("content-type").startsWith("application/problem+json");
        return (status() + (isProblem ? " " : " no problem document ") + at("/errors/0/field"))
                .strip();
    }
}
