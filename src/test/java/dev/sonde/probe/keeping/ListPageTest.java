package dev.sonde.probe.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pages of a list of which one item more was asked for.
class ListPageTest {

    @ParameterizedTest
    @CsvSource({"0, 0,", "1, 1,", "2, 2,", "3, 2, 1"})
    void theNextPageBeginsAfterTheLastItemWhenThereIsMore(
            int found, int held, @Nullable String next) {
        List<Integer> items = IntStream.range(0, found).boxed().toList();
        Page<Integer> page = Page.of(items, 2, String::valueOf);
        assertThat(page.items()).hasSize(held);
        assertThat(page.next()).isEqualTo(next);
    }
}
