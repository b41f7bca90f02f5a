package dev.sonde.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.NameEvidence.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The look-up's line of `check -v`.
class LookupWordsTest {

    @Test
    void lookUpHasServerCodeAndRoundTrip() {
        NameEvidence found =
                new NameEvidence(
                        Source.DNS,
                        "NOERROR",
                        "10.0.0.10:53",
                        410L,
                        List.of("db.example", "db-1.example"),
                        30L,
                        false);
        String words =
                "10.0.0.10:53, NOERROR, RTT 0.4 ms, TTL 30 s, aliases db.example -> db-1.example";
        assertThat(LookupWords.of(found)).isEqualTo(words);
        assertThat(LookupWords.of(found.asCached())).isEqualTo(words + ", from the cache");
    }

    @Test
    void sourcesWithoutAnAnswerOfDnsAreNamed() {
        assertThat(LookupWords.of(NameEvidence.unanswered("10.0.0.10:53")))
                .isEqualTo("10.0.0.10:53, no answer");
        assertThat(LookupWords.of(NameEvidence.OF_HOSTS_FILE)).isEqualTo("/etc/hosts");
        assertThat(LookupWords.of(NameEvidence.OF_SYSTEM)).isEqualTo("the system's resolver");
    }
}
