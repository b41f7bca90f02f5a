package dev.sonde.api.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sonde.form.InvalidRequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Cursors that an earlier start of another process gave, which every later one reads.
class CursorTest {

    @ParameterizedTest
    @CsvSource({
        "probes/a/results, 0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b, QyJTtg6UMDE5M2ExYjItYzNkNC03ZTVmLThhOWItMGMxZDJlM2Y0YTVi",
        "checks/0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b/results, 100, OZo69cRlMTAw",
        "listeners/echo/connections, 17, gFsstGDlMTc"
    })
    void cursorOfAnEarlierStartIsRead(String list, String place, String cursor) {
        assertThat(Cursor.of(list, place)).isEqualTo(cursor);
        assertThat(Cursor.place(list, cursor)).isEqualTo(place);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Cursor.place(list + "-other", cursor));
    }
}
