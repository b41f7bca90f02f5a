package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sonde.cluster.member.ClusterProperties;
import dev.sonde.cluster.member.ClusterSettingsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // a null fails the test
class ClusterSettingsTest {

    private static final String POSTGRES = "jdbc:postgresql://db.example:5432/sonde";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "jdbc:sqlite:a")
    void startIsRefusedWhenReplicasWouldShareNoDatabase(String url) {
        assertThatExceptionOfType(ClusterSettingsException.class)
                .isThrownBy(() -> settings("members", false).requireUsable(url, "one"))
                .withMessageContaining("spring.datasource.url");
    }

    @Test
    void startIsRefusedWhenAnybodyCouldJoinAndNobodySaidSo() {
        assertThatExceptionOfType(ClusterSettingsException.class)
                .isThrownBy(() -> settings(null, false).requireUsable(POSTGRES, "one"))
                .extracting(ClusterSettingsException::remedy)
                .asString()
                .contains("sonde.cluster.tls-bundle", "sonde.cluster.insecure=true");
    }

    @Test
    void startIsRefusedWhenTheSettingsContradictEachOther() {
        assertThatExceptionOfType(ClusterSettingsException.class)
                .isThrownBy(() -> settings("members", true).requireUsable(POSTGRES, "one"));
    }

    @Test
    void replicaHasNotTheWordForAllOfThemAsItsName() {
        assertThatExceptionOfType(ClusterSettingsException.class)
                .isThrownBy(() -> settings("members", false).requireUsable(POSTGRES, "all"));
    }

    @Test
    void settingsAreTakenWhenMembersAreAuthenticatedOrDeclaredOpen() {
        assertThatCode(() -> settings("members", false).requireUsable(POSTGRES, "one"))
                .doesNotThrowAnyException();
        assertThatCode(() -> settings(null, true).requireUsable(POSTGRES, "one"))
                .doesNotThrowAnyException();
    }

    private static ClusterProperties settings(String bundle, boolean insecure) {
        Duration second = Duration.ofSeconds(1);
        return new ClusterProperties(true, "127.0.0.1", 0, bundle, insecure, null, second, second);
    }
}
