package dev.sonde.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.spec.ProbeSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The written form of settings, as it stands in requests, module files and the database.
class SettingsFormTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timeout\":\"5s\"}",
                "{\"timeout\":\"PT0.0015S\",\"handshake\":\"half_open\"}",
                "{\"timeout\":\"1s\",\"addresses\":\"each\",\"family\":\"ipv6\","
                        + "\"sourceAddress\":\"::1\",\"close\":\"rst\"}",
                "{\"timeout\":\"1s\",\"tls\":{\"serverName\":\"a\",\"alpn\":[\"h2\"],"
                        + "\"minVersion\":\"TLSv1.3\",\"trust\":\"authority\","
                        + "\"clientCertificate\":\"b\"}}",
                "{\"timeout\":\"1s\",\"dialogue\":[{\"expect\":\"^a\",\"reject\":\"-\","
                        + "\"send\":\"b\",\"delay\":\"1ms\"},{\"startTls\":true},"
                        + "{\"expectBytes\":{\"base64\":\"AAE=\"}}]}",
                "{\"timeout\":\"1s\",\"observe\":{\"for\":\"1s\",\"after\":\"10ms\",\"send\":\"x\"}}",
                "{\"timeout\":\"1s\",\"hold\":{\"for\":\"30s\",\"keepalive\":{\"idle\":\"5s\","
                        + "\"interval\":\"2s\",\"count\":3},\"userTimeout\":\"8s\","
                        + "\"send\":{\"every\":\"1s\",\"bytes\":20}}}",
                "{\"timeout\":\"1s\",\"flood\":{\"bytes\":9,\"stallTimeout\":\"3s\",\"for\":\"10s\"}}",
            })
    void writtenFormIsTheSameWhenItWasRead(String written) {
        InvalidFields invalid = new InvalidFields();
        ProbeSettings settings =
                JSON.readValue(written, SettingsForm.class).toSettings("settings", invalid);
        invalid.throwIfAny();
        assertThat(JSON.valueToTree(SettingsForm.of(settings)).toString())
                .isEqualTo(JSON.readTree(written).toString());
    }
}
