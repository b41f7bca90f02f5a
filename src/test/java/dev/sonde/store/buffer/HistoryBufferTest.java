package dev.sonde.store.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.memory.HeapShare;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryBufferTest {

    private final HistoryBuffer<String> buffer =
            new HistoryBuffer<>(
                    new HistoryBuffer.Limits(3, new HeapShare("buffer", 1 << 20)),
                    HistoryBuffer.Weights.of(String::length));
    private final List<String> batch = new ArrayList<>();

    @Test
    void entryCountsAsWaitingUntilItsBatchIsReleased() {
        List.of("a", "b", "c").forEach(buffer::add);
        buffer.drainTo(batch, 2);
        assertThat(batch).containsExactly("a", "b");
        assertThat(buffer.size()).isEqualTo(3);
        buffer.release(batch.size());
        assertThat(buffer.size()).isEqualTo(1);
    }

    @Test
    void oldestIsLostAndCountedWhenBufferIsFull() {
        List.of("a", "b", "c", "d").forEach(buffer::add);
        buffer.drainTo(batch, 9);
        assertThat(batch).containsExactly("b", "c", "d");
        assertThat(buffer.lost()).isEqualTo(1);
    }

    @Test
    void oldestAreLostWhenTheHeapIsUsedUp() {
        HeapShare memory = new HeapShare("buffer", 10);
        HistoryBuffer<String> bounded =
                new HistoryBuffer<>(
                        new HistoryBuffer.Limits(100, memory),
                        HistoryBuffer.Weights.of(String::length));
        List.of("aaaa", "bbbb", "cccc", "dddd").forEach(bounded::add);
        assertThat(bounded.lost()).isEqualTo(2);
        assertThat(memory.used()).isEqualTo(8);
        bounded.drainTo(batch, 9);
        assertThat(batch).containsExactly("cccc");
    }
}
