package dev.sonde.api.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

    @ParameterizedTest
    @CsvSource({
        "db*, db.example:5432, true",
        "*:5432, DB.example:5432, true",
        "*ample*, db.example:5432, true",
        "db.example:5432, db.example:5432, true",
        "*, x:1, true",
        "d*b*2, db.example:5432, true",
        "db*, adb:1, false",
        "db, db:1, false",
        "ab*ba, aba, false",
        "*a*a*a*, aa:1, false"
    })
    void starStandsForAnyText(String wildcard, String text, boolean matches) {
        assertThat(Wildcard.of(wildcard).matches(text)).isEqualTo(matches);
    }
}
