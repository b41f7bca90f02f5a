package dev.sonde.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a list of targets takes of the heap, and that it is what was written.
class TargetListTest {

    @Test
    void entriesAreReadAsTheyWereWritten() {
        String[] written = {"127.0.0.1:80", "[::1]:1-9", "\u00e4:1", "", "x".repeat(3_000)};
        List<String> read = new ArrayList<>();
        TargetList.of(written).texts().forEachRemaining(read::add);
        assertThat(read).containsExactly(written);
    }

    @Test
    void halfAMillionEntriesTakeWhatTheirTextTakes() {
        TargetList.Builder builder = new TargetList.Builder();
        for (int i = 0; i < 500_000; i++) {
            builder.add("127.0.0.1:12345");
        }
        assertThat(builder.build().bytes()).isLessThan(500_000L * 18);
    }

    @Test
    void aCursorExpandsEachEntryInItsTurn() {
        TargetCursor cursor = new TargetCursor(TargetList.of("127.0.0.0/31:1", "[::1]:7,8"));
        List<String> all = new ArrayList<>();
        while (cursor.hasNext()) {
            all.add(cursor.next().toString());
        }
        assertThat(all).containsExactly("127.0.0.0:1", "127.0.0.1:1", "[::1]:7", "[::1]:8");
    }
}
