package dev.sonde.definition.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.form.InvalidRequestException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Relabelling, with the cases of Prometheus' own test.
class RelabelRuleTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, String> LABELS =
            Map.of("a", "foo", "b", "bar", "c", "baz", "__meta_x", "1", "up", "AbC");

    private static List<RelabelRule> rules(String yaml) {
        ObjectNode source =
                (ObjectNode)
                        JSON.valueToTree(
                                dev.sonde.form.YamlText.read(
                                        "{file_sd: {files: [x]}, relabel_configs: ["
                                                + yaml
                                                + "]}"));
        return new SourceReader(JSON, new FileAccess.Mounted(Path.of("/")))
                .read(source, JSON.createObjectNode())
                .relabel();
    }

    private static @Nullable Map<String, String> relabel(String yaml) {
        return RelabelRule.apply(rules(yaml), LABELS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{source_labels: [a], regex: 'f(.*)', target_label: d, replacement: 'ch${1}-$1'} | d | choo-oo",
                "{source_labels: [a, b], regex: 'f(.*);(.*)r', target_label: d, replacement: 'b${1}${2}m$$'} | d | boobam$",
                "{source_labels: [a], regex: 'o', target_label: d, replacement: x} | d | ",
                "{source_labels: [b], regex: '(b).*', target_label: '${1}', replacement: ''} | b | ",
                "{source_labels: [a], regex: 'f(?P<end>.*)', target_label: d, replacement: '$end'} | d | oo",
                "{source_labels: [a], regex: 'f(.*)', target_label: d, replacement: '$9x'} | d | ",
                "{target_label: d, replacement: fixed} | d | fixed",
                "{source_labels: [b], target_label: d} | d | bar",
                "{source_labels: [b], target_label: '0d'} | 0d | ",
                "{source_labels: [c], target_label: d, action: hashmod, modulus: 1000} | d | 976",
                "{regex: '__meta_(.+)', action: labelmap} | x | 1",
                "{regex: '__meta_(.+)', action: labelmap, replacement: 'm_$1'} | m_x | 1",
                "{regex: '[ab]', action: labeldrop} | a | ",
                "{regex: '[ab]', action: labelkeep} | c | ",
                "{source_labels: [up], target_label: d, action: lowercase} | d | abc",
                "{source_labels: [up], target_label: d, action: uppercase} | d | ABC"
            })
    void aLabelChangesWhenItsRuleSaysSo(String yaml, String label, @Nullable String value) {
        assertThat(new TreeMap<>(relabel(yaml)).get(label)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{source_labels: [a], regex: foo, action: keep} | true",
                "{source_labels: [a], regex: fo, action: keep} | false",
                "{source_labels: [a], regex: foo, action: drop} | false",
                "{source_labels: [a], regex: fo, action: drop} | true",
                "{source_labels: [nothing], regex: '', action: drop} | false",
                "{source_labels: [a], target_label: b, action: keepequal} | false",
                "{source_labels: [a], target_label: b, action: dropequal} | true",
                "{target_label: b, replacement: foo}, {source_labels: [a], target_label: b, action: dropequal} | false"
            })
    void aTargetStaysWhenNoRuleDropsIt(String yaml, boolean stays) {
        assertThat(relabel(yaml) != null).isEqualTo(stays);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{action: replace} | target_label",
                "{action: hashmod, target_label: a} | modulus",
                "{regex: '(', action: drop} | regex",
                "{action: fly} | one of replace, keep"
            })
    void aRuleIsRefusedWhenItCannotWork(String yaml, String told) {
        assertThatThrownBy(() -> rules(yaml))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(told);
    }

    @Test
    void theTargetThatCameStaysAsItIs() {
        Map<String, String> labels = new TreeMap<>(LABELS);
        assertThat(RelabelRule.apply(rules("{regex: '.*', action: labeldrop}"), labels)).isEmpty();
        assertThat(labels).isEqualTo(LABELS);
    }
}
