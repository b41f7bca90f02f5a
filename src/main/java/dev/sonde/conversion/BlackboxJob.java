package dev.sonde.conversion;

import java.util.Map;

/// The parts of a job of blackbox_exporter that all its targets have in common.
///
/// @param timeout empty where the job has none
/// @param modules the settings of named modules
record BlackboxJob(
        String name,
        String module,
        String interval,
        String timeout,
        Map<String, String> labels,
        BlackboxModules modules) {

    private static final String PLAIN = "tcp_connect";
    private static final String MODULE_LABEL = "__param_module";

    /// Adds the probe of one target to a document, or skips it where its module cannot be kept.
    ///
    /// @param own labels of the target
    void add(DocumentDraft draft, String what, String target, Map<String, Given> own) {
        DraftProbe probe =
                new DraftProbe(what, name + "-" + target, target).with("interval", interval);
        labels.forEach(probe::label);
        String chosen = module;
        for (Map.Entry<String, Given> label : own.entrySet()) {
            String value = label.getValue().text();
            if (label.getKey().equals(MODULE_LABEL) && value != null) {
                chosen = value;
            } else if (value != null && !label.getKey().startsWith("__")) {
                probe.label(label.getKey(), value);
            }
        }
        try {
            settle(probe, chosen);
            draft.add(probe);
        } catch (IllegalArgumentException e) {
            draft.skip(what, "module %s: %s".formatted(chosen, e.getMessage()));
        }
    }

    /// Gives a probe the settings of its module.
    private void settle(DraftProbe probe, String chosen) {
        modules.settings(chosen)
                .ifPresentOrElse(
                        settings -> settings.forEach(probe::withSetting),
                        () -> {
                            if (!chosen.equals(PLAIN)) {
                                probe.with("module", chosen);
                            } else if (!timeout.isEmpty()) {
                                probe.withSetting("timeout", timeout);
                            }
                        });
    }
}
