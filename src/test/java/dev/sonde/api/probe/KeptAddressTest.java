package dev.sonde.api.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.form.InvalidFields;
import dev.sonde.form.InvalidRequestException;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.schedule.NamedSpec;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// Addresses with the zone of an interface that this host does not have now.
class KeptAddressTest {

    private static final ProbeModules NO_MODULES =
            name -> {
                throw new IllegalArgumentException(name);
            };

    private static final ProbeRequest REQUEST =
            JsonMapper.shared()
                    .readValue(
                            """
                            {"target": "[fe80::2%gone0]:80", "interval": "1m",
                             "settings": {"sourceAddress": "fe80::1%gone0"}}""",
                            ProbeRequest.class);

    @Test
    void storedAddressesAreNotJudgedAgain() {
        InvalidFields stored = InvalidFields.keeping(Set.of("[fe80::2%gone0]:80", "fe80::1%gone0"));
        NamedSpec read = REQUEST.toNamedSpec("a", NO_MODULES, stored);
        assertThat(read.spec().target()).hasToString("[fe80::2%gone0]:80");
        assertThat(read.spec().settings().sourceAddress()).hasToString("fe80::1%gone0");
    }

    @Test
    void newAddressesAre() {
        assertThatThrownBy(() -> REQUEST.toNamedSpec("a", NO_MODULES, new InvalidFields()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class, e -> assertThat(e.fields()).hasSize(2));
    }
}
