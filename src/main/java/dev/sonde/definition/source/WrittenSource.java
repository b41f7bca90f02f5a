package dev.sonde.definition.source;

import tools.jackson.databind.node.ObjectNode;

/// A source as a person writes it, with its name and with the defaults filled in.
///
/// @param whole with secrets; not to be changed
public record WrittenSource(ObjectNode whole) {

    private static final String PROBE = "probe";

    /// @param name given or made of the source's place
    /// @param template of the probes, with the defaults filled in
    static WrittenSource of(ObjectNode given, String name, ObjectNode template) {
        ObjectNode whole = given.deepCopy();
        whole.remove("status");
        whole.put("name", name);
        if (!template.isEmpty()) {
            whole.set(PROBE, template);
        }
        return new WrittenSource(whole);
    }

    /// A copy with `{"hidden": true}` for each secret.
    public ObjectNode withoutSecrets() {
        return HiddenSecrets.inSource(whole);
    }

    /// A copy that has nothing of what the probes send either.
    public ObjectNode withoutSecretsAndSent() {
        return HiddenSecrets.inTemplate(withoutSecrets());
    }

    @Override
    public String toString() {
        return withoutSecretsAndSent().toString();
    }
}
