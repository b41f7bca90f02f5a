package dev.sonde.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsOptionsTest {

    @Test
    void commandWithoutOptionsHasTheSettingsThatNoOptionGives() {
        assertThat(GivenSettings.usual())
                .isEqualTo(new GivenSettings(new SettingsOptions()).read());
    }
}
