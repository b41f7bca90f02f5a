package dev.sonde.conversion;

import dev.sonde.form.DurationText;
import dev.sonde.probe.spec.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Converts Uptime Kuma's monitors of the types `port` and `smtp`. For one thread.
record KumaMonitors(DocumentDraft draft) {

    private static final int USUAL_INTERVAL = 60;
    private static final int MOST_GROUPS = 20;
    private static final String USUAL_PORT = "25";
    private static final List<String> TYPES = List.of("port", "smtp");

    void convert(Given text) {
        Given list = text.has("monitorList") ? text.at("monitorList") : text;
        Collection<Given> monitors = list.isList() ? list.each() : byId(list);
        Map<String, Given> byId = new HashMap<>();
        monitors.forEach(each -> byId.put(each.text("id", ""), each));
        monitors.forEach(each -> monitor(each, byId));
    }

    /// 2.x answers an object of monitors by id.
    private static List<Given> byId(Given list) {
        return list.fields().entrySet().stream()
                .filter(each -> each.getKey().matches("[0-9]+"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private void monitor(Given monitor, Map<String, Given> byId) {
        String type = monitor.text("type", "");
        String name = monitor.text("name", "");
        String what = "monitor " + name;
        if (type.equals("group")) {
            return; // Its name is a label of its monitors.
        }
        if (!TYPES.contains(type)) {
            draft.skip(what, "only the types port and smtp can be probed, not " + type);
        } else if (monitor.isFalse("active") || monitor.isTrue("forceInactive")) {
            draft.skip(what, "it is paused; a document has no paused probes");
        } else {
            draft.add(probe(monitor, what, name, byId));
        }
    }

    private static DraftProbe probe(
            Given monitor, String what, String name, Map<String, Given> byId) {
        String host = monitor.text("hostname", "");
        boolean isMail = monitor.text("type", "").equals("smtp");
        DraftProbe probe =
                new DraftProbe(
                                what,
                                name,
                                Target.bracketed(host)
                                        + ":"
                                        + monitor.text("port", isMail ? USUAL_PORT : ""))
                        .with("interval", monitor.number("interval", USUAL_INTERVAL) + "s")
                        .label("group", group(monitor, byId));
        int retries = monitor.number("maxretries", 0);
        probe.with("fall", retries + 1);
        if (retries > 0 && monitor.number("retryInterval", 0) != monitor.number("interval", 0)) {
            probe.lose("the retry interval; a probe keeps its interval while it fails");
        }
        String timeout = monitor.text("timeout", "0");
        if (timeout.matches("[0-9]{1,6}([.][0-9]{1,3})?") && !timeout.matches("[0.]+")) {
            long millis = new BigDecimal(timeout).movePointRight(3).longValue();
            probe.withSetting("timeout", DurationText.format(Duration.ofMillis(millis)));
        }
        secure(probe, monitor);
        if (monitor.isTrue("upsideDown")) {
            probe.with("expect", Map.of("outcome", "failed"));
        }
        for (Given tag : monitor.at("tags").each()) {
            probe.label(tag.text("name", ""), tag.text("value", "true"));
        }
        if (monitor.number("proxyId", 0) > 0) {
            probe.lose("the proxy; a probe connects without one");
        }
        if (!monitor.at("notificationIDList").fields().isEmpty()) {
            probe.lose("notifications are sent by receivers, not by a document");
        }
        return probe;
    }

    /// A monitor of a port verifies the certificate where it reports its end.
    private static void secure(DraftProbe probe, Given monitor) {
        String security = monitor.text("smtpSecurity", monitor.text("smtp_security", ""));
        boolean isMail = monitor.text("type", "").equals("smtp");
        boolean isStartTls = security.equals("starttls");
        if (isStartTls || security.equals("secure") || monitor.isTrue("expiryNotification")) {
            boolean isInsecure = monitor.isTrue("ignoreTls");
            probe.withSetting("tls", Map.of("trust", isInsecure ? "insecure" : "system"));
        }
        if (isStartTls) {
            probe.withSetting("dialogue", MailSteps.STARTTLS);
        } else if (isMail) {
            probe.withSetting("dialogue", MailSteps.GREETING);
        }
    }

    /// The names of the groups around a monitor, the outermost one first.
    private static String group(Given monitor, Map<String, Given> byId) {
        List<String> names = new ArrayList<>();
        Given parent = byId.get(monitor.text("parent", ""));
        while (parent != null && names.size() < MOST_GROUPS) {
            names.addFirst(parent.text("name", ""));
            parent = byId.get(parent.text("parent", ""));
        }
        return String.join("/", names);
    }
}
