package dev.sonde.conversion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Converts scrape jobs of Prometheus for blackbox_exporter, and the operator's `kind: Probe`. For
/// one thread.
record BlackboxJobs(DocumentDraft draft) {

    private static final String INTERVAL = "1m";

    /// Labels that the usual relabelling of a job for blackbox_exporter reads and writes.
    private static final Set<String> USUAL = Set.of("__param_target", "instance", "__address__");

    void convert(Given text) {
        BlackboxModules modules = BlackboxModules.of(text);
        if (text.text("kind", "").endsWith("List")) {
            text.at("items").each().forEach(item -> probe(item, modules));
        } else if (text.has("kind")) {
            probe(text, modules);
        } else if (text.has("scrape_configs")) {
            text.at("scrape_configs").each().forEach(job -> job(job, text, modules));
        } else if (text.isList()) {
            text.each().forEach(job -> job(job, Given.of(null), modules));
        } else if (text.has("job_name")) {
            job(text, Given.of(null), modules);
        }
    }

    private void job(Given job, Given file, BlackboxModules modules) {
        String name = job.text("job_name", "");
        String what = "job " + name;
        if (!job.text("metrics_path", "/metrics").equals("/probe")) {
            draft.skip(what, "its metrics_path is not /probe");
            return;
        }
        Given usual = file.at("global");
        BlackboxJob read =
                new BlackboxJob(
                        name,
                        module(job.at("params").at("module")),
                        job.text("scrape_interval", usual.text("scrape_interval", INTERVAL)),
                        job.text("scrape_timeout", usual.text("scrape_timeout", "")),
                        Map.of("job", name),
                        modules);
        for (Given group : job.at("static_configs").each()) {
            targets(what, read, group.at("targets"), group.at("labels"));
        }
        for (String field : job.fields().keySet()) {
            if (field.endsWith("_sd_configs")) {
                draft.skip(what + " " + field, "targets that are found belong into `sources`");
            }
        }
        relabelling(what, job.at("relabel_configs"), "target_label");
        if (job.has("metric_relabel_configs")) {
            draft.skip(what + " metric_relabel_configs", "metrics have no relabelling here");
        }
    }

    private static String module(Given given) {
        List<Given> names = given.each();
        String name = names.isEmpty() ? given.text() : names.getFirst().text();
        return name == null ? "http_2xx" : name;
    }

    /// Rules beyond the usual ones, which only lead the scrape to the exporter, are not carried
    /// over.
    private void relabelling(String what, Given rules, String field) {
        int index = 0;
        for (Given rule : rules.each()) {
            if (!USUAL.contains(rule.text(field, "")) || rule.has("regex")) {
                draft.skip(
                        what + " relabelling rule " + index,
                        "a document has no relabelling of its own targets");
            }
            index++;
        }
    }

    private void probe(Given object, BlackboxModules modules) {
        String name = object.at("metadata").text("name", "");
        String what = "Probe " + name;
        if (!object.text("kind", "").equals("Probe")) {
            draft.skip(object.text("kind", "") + " " + name, "its kind is not Probe");
            return;
        }
        Given spec = object.at("spec");
        String job = spec.text("jobName", name);
        Map<String, String> labels = new LinkedHashMap<>(Map.of("job", job));
        String namespace = object.at("metadata").text("namespace", "");
        if (!namespace.isEmpty()) {
            labels.put("namespace", namespace);
        }
        BlackboxJob read =
                new BlackboxJob(
                        job,
                        spec.text("module", "http_2xx"),
                        spec.text("interval", INTERVAL),
                        spec.text("scrapeTimeout", ""),
                        labels,
                        modules);
        Given config = spec.at("targets").at("staticConfig");
        targets(what, read, config.at("static"), config.at("labels"));
        relabelling(what, config.at("relabelingConfigs"), "targetLabel");
        if (spec.at("targets").has("ingress")) {
            draft.skip(what + " ingress", "use `sources` with kubernetes: {role: ingress}");
        }
        if (spec.has("metricRelabelings")) {
            draft.skip(what + " metricRelabelings", "metrics have no relabelling here");
        }
    }

    private void targets(String what, BlackboxJob job, Given targets, Given labels) {
        for (Given each : targets.each()) {
            String target = each.text();
            if (target != null) {
                job.add(draft, what + " target " + target, target, labels.fields());
            }
        }
    }
}
