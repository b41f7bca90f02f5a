package dev.sonde.conversion;

import dev.sonde.form.DurationText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Converts Gatus' `endpoints`: `tcp`, `tls` and `starttls`. For one thread.
record GatusEndpoints(DocumentDraft draft) {

    private static final Pattern URL = Pattern.compile("([a-z]+)://([^/?#]+)/?");
    private static final Pattern CONDITION =
            Pattern.compile("\\[([A-Z_]+)]\\s*(==|!=|<=|>=|<|>)\\s*(.+)");
    private static final String USUAL_INTERVAL = "60s";
    private static final String USUAL_TIMEOUT = "10s";
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /// Settings of Gatus' client that change a connect or a handshake.
    private static final List<String> CLIENT =
            List.of("dns-resolver", "network", "proxy-url", "tls", "tunnel");

    void convert(Given text) {
        Given endpoints = text.isList() ? text : text.at("endpoints");
        endpoints.each().forEach(this::endpoint);
        if (text.has("maintenance")) {
            draft.skip("maintenance", "POST /api/v1/maintenances makes one");
        }
        for (String field : List.of("external-endpoints", "suites")) {
            for (Given each : text.at(field).each()) {
                draft.skip(field + " " + each.text("name", ""), "no probe can replace it");
            }
        }
    }

    private void endpoint(Given endpoint) {
        String name = endpoint.text("name", "");
        String group = endpoint.text("group", "");
        String what = "endpoint " + (group.isEmpty() ? name : group + "/" + name);
        Matcher url = URL.matcher(endpoint.text("url", ""));
        if (endpoint.isFalse("enabled")) {
            draft.skip(what, "it is not enabled");
        } else if (!url.matches()) {
            draft.skip(what, "its url is not of the form tcp://host:port");
        } else if (!List.of("tcp", "tls", "starttls").contains(url.group(1))) {
            draft.skip(what, "only tcp, tls and starttls can be probed, not " + url.group(1));
        } else {
            DraftProbe probe =
                    new DraftProbe(what, group.isEmpty() ? name : group + "-" + name, url.group(2))
                            .with("interval", endpoint.text("interval", USUAL_INTERVAL))
                            .withSetting("timeout", timeout(endpoint))
                            .label("group", group);
            endpoint.at("extra-labels")
                    .fields()
                    .forEach((key, value) -> probe.label(key, String.valueOf(value.text())));
            secure(probe, url.group(1), endpoint);
            expect(probe, endpoint);
            lose(probe, endpoint);
            alerts(probe, endpoint);
            draft.add(probe);
        }
    }

    private static void lose(DraftProbe probe, Given endpoint) {
        Given client = endpoint.at("client");
        for (String field : CLIENT) {
            if (client.has(field)) {
                probe.lose("client.%s is not carried over".formatted(field));
            }
        }
        if (!endpoint.at("maintenance-windows").each().isEmpty()) {
            probe.lose("maintenance windows are made by POST /api/v1/maintenances");
        }
    }

    private static String timeout(Given endpoint) {
        return endpoint.at("client").text("timeout", USUAL_TIMEOUT);
    }

    private static void secure(DraftProbe probe, String scheme, Given endpoint) {
        if (!scheme.equals("tcp")) {
            boolean isInsecure = endpoint.at("client").isTrue("insecure");
            probe.withSetting("tls", Map.of("trust", isInsecure ? "insecure" : "system"));
        }
        String body = endpoint.text("body", "");
        if (scheme.equals("starttls")) {
            probe.withSetting("dialogue", MailSteps.STARTTLS);
        } else if (!body.isEmpty()) {
            probe.withSetting("dialogue", List.of(Map.of("send", body)));
        }
    }

    private static void expect(DraftProbe probe, Given endpoint) {
        Map<String, Object> expect = new LinkedHashMap<>();
        for (Given each : endpoint.at("conditions").each()) {
            String condition = String.valueOf(each.text()).strip();
            Matcher parts = CONDITION.matcher(condition);
            if (!parts.matches() || !carry(parts, expect)) {
                probe.lose("the condition %s is not carried over".formatted(condition));
            }
        }
        if (!expect.isEmpty()) {
            probe.with("expect", expect);
        }
    }

    /// Whether the condition is carried over.
    private static boolean carry(Matcher parts, Map<String, Object> expect) {
        String operator = parts.group(2);
        String value = parts.group(3).strip();
        return switch (parts.group(1)) {
            case "CONNECTED" -> {
                boolean isConnected = operator.equals("==") == value.equals("true");
                if (!isConnected) {
                    expect.put("outcome", "failed");
                }
                yield operator.matches("==|!=");
            }
            case "RESPONSE_TIME" -> {
                Long millis = millis(value);
                if (millis == null || !operator.startsWith("<")) {
                    yield false;
                }
                expect.put("connect", operator + millis + "ms");
                yield true;
            }
            case "CERTIFICATE_EXPIRATION" -> {
                Long millis = millis(value);
                if (millis == null || !operator.startsWith(">")) {
                    yield false;
                }
                expect.put("certificateDays", ">=" + Math.ceilDiv(millis, DAY_MILLIS));
                yield true;
            }
            default -> false;
        };
    }

    /// A number of milliseconds or a duration; null where it is neither.
    private static @Nullable Long millis(String value) {
        if (value.matches("[0-9]{1,15}")) {
            return Long.valueOf(value);
        }
        try {
            return value.startsWith("P") ? null : (Long) DurationText.parse(value).toMillis();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// The thresholds of the first alert hold for the probe.
    private static void alerts(DraftProbe probe, Given endpoint) {
        List<Given> alerts = endpoint.at("alerts").each();
        if (!alerts.isEmpty()) {
            int fall = alerts.getFirst().number("failure-threshold", 0);
            int rise = alerts.getFirst().number("success-threshold", 0);
            if (fall > 0) {
                probe.with("fall", fall);
            }
            if (rise > 0) {
                probe.with("rise", rise);
            }
            probe.lose("alerts are sent by receivers of notifications, not by a document");
        }
    }
}
