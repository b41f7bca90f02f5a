package dev.sonde.api.maintenance;

/// Examples of the API's description.
final class MaintenanceExamples {

    static final String REQUEST =
            """
            {"label": "team=payments", "cron": "30 2 * * SUN", "duration": "1h",
             "zone": "Europe/Berlin", "comment": "weekly restart"}""";

    static final String MAINTENANCE =
            """
            {"id": "019a5c3e-7c1f-7abc-8def-0123456789ab", "label": "team=payments",
             "cron": "30 2 * * SUN", "duration": "1h", "zone": "Europe/Berlin",
             "comment": "weekly restart", "createdAt": "2026-11-28T10:00:00Z", "active": false,
             "matches": 12,
             "windows": [{"from": "2026-11-29T01:30:00Z", "to": "2026-11-29T02:30:00Z"},
                         {"from": "2026-12-06T01:30:00Z", "to": "2026-12-06T02:30:00Z"},
                         {"from": "2026-12-13T01:30:00Z", "to": "2026-12-13T02:30:00Z"}]}""";

    static final String PAGE = "{\"items\": [" + MAINTENANCE + "]}";

    private MaintenanceExamples() {}
}
