package dev.sonde.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private final ReadAhead ahead = new ReadAhead();

    @Test
    void bytesAreHandedOutInOrderAsFarAsTheReaderHasRoom() {
        ahead.keep(ByteBuffer.wrap(new byte[] {1, 2, 3}));

        ByteBuffer first = ByteBuffer.allocate(2);
        ByteBuffer second = ByteBuffer.allocate(2);

        assertThat(ahead.take(first)).isEqualTo(2);
        assertThat(ahead.isEmpty()).isFalse();
        assertThat(ahead.take(second)).isEqualTo(1);
        assertThat(ahead.isEmpty()).isTrue();
        assertThat(first.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(second.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {3}));
    }

    @Test
    void nothingIsHandedOutBeforeSomethingWasRead() {
        assertThat(ahead.take(ByteBuffer.allocate(1))).isZero();
    }
}
