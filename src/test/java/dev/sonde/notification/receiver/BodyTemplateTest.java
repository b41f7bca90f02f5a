package dev.sonde.notification.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Templates and receivers that a person wrote.
class BodyTemplateTest {

    @Test
    void valueIsEscapedForJson() {
        BodyTemplate template = BodyTemplate.of("{\"a\": \"{{a}}\"}");
        assertThat(template.fill(Map.of("a", "\"{{b}}\n\uD83D\uDD25")))
                .isEqualTo("{\"a\": \"\\\"{{b}}\\n\uD83D\uDD25\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "line 1: the tag \"{{{\"     | {\"a\": \"{{{title}}}\"}",
                "line 1: the tag \"{{&\"     | {\"a\": \"{{&title}}\"}",
                "line 1: the tag \"{{>\"     | {\"a\": \"{{>other}}\"}",
                "line 1, column              | {\"a\": {{title}}}",
                "not a mustache template     | {\"a\": \"{{#first}}\"}",
            })
    void badTemplateIsRefusedWithItsPlace(String sentence, String body) {
        assertThatThrownBy(() -> read(Map.of("type", "webhook", "url", "http://a/", "body", body)))
                .hasMessageStartingWith("sonde.notifications.receivers[0].body: " + sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "type, pigeon",
        "url, ftp://a/",
        "states, sideways",
        "label, team",
        "reminder, 1ms",
        "delay, -1s",
        "secret-file, /nowhere/at/all",
        "name, Ops",
    })
    void badReceiverIsRefusedWithItsField(String setting, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("type", "webhook", "url", "http://a/"));
        settings.put(setting, value);
        assertThatThrownBy(() -> read(settings))
                .hasMessageStartingWith("sonde.notifications.receivers[0]." + setting + ": ");
    }

    private static List<Receiver> read(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("receivers[0].name", "ops");
        settings.forEach((name, value) -> all.put("receivers[0]." + name, value));
        return ReceiverReader.read(
                new Binder(new MapConfigurationPropertySource(all))
                        .bindOrCreate("", Bindable.of(NotificationProperties.class))
                        .receivers());
    }
}
