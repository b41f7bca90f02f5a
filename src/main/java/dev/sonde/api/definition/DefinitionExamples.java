package dev.sonde.api.definition;

/// Examples in the API's description.
final class DefinitionExamples {

    static final String REQUEST =
            """
            {"defaults": {"probe": {"interval": "10s", "settings": {"timeout": "2s"},
                                    "labels": {"env": "prod"}}},
             "probes": {"set-http": {"target": "127.0.0.1:8080", "labels": {"team": "payments"}}},
             "listeners": {"set-echo": {"bind": "127.0.0.1:0", "behaviour": {"type": "echo"}}}}""";

    static final String YAML =
            """
            defaults:
              probe: {interval: 10s, settings: {timeout: 2s}, labels: {env: prod}}
            probes:
              set-http: {target: "127.0.0.1:8080", labels: {team: payments}}
            listeners:
              set-echo: {bind: "127.0.0.1:0", behaviour: {type: echo}}
            """;

    static final String CHANGE =
            """
            {"created": ["set-http"],
             "changed": [{"name": "set-echo", "fields": ["behaviour.delay"]}],
             "deleted": ["old-db"], "unchanged": 28}""";

    static final String SET =
            """
            {"probes": {"set-http": {"target": "127.0.0.1:8080", "interval": "10s",
                                     "settings": {"timeout": "2s"},
                                     "labels": {"env": "prod", "team": "payments"},
                                     "rise": 2, "fall": 3}}}""";

    static final String LIST =
            """
            {"items": [{"name": "payments", "probes": 30, "listeners": 5}]}""";

    private DefinitionExamples() {}
}
