package dev.sonde.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.eventloop.TurnBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records that come faster than a turn takes them.
class RawChannelTest {

    private static final int RECORDS = 100;
    private static final int ROOM = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 300})
    void everyByteComesOnceAndInOrderWhateverTheLengthOfRecords(int length) throws IOException {
        byte[] sent = records(length);
        RawChannel channel = new RawChannel(new Source(sent), TurnBudget.endless());
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        ByteBuffer into = ByteBuffer.allocate(ROOM);
        Random random = new Random(length);
        for (int count = 0; count >= 0; ) {
            into.clear().limit(1 + random.nextInt(ROOM - 1));
            count = channel.read(into);
            received.write(into.array(), 0, into.position());
        }
        assertThat(received.toByteArray()).isEqualTo(sent);
        assertThat(channel.received()).isEqualTo(sent.length);
        assertThat(channel.isEnded()).isTrue();
    }

    @Test
    void aReadGivesOutFourRecordsAndHoldsTheRest() throws IOException {
        RawChannel channel = new RawChannel(new Source(records(10)), TurnBudget.endless());
        ByteBuffer into = ByteBuffer.allocate(ROOM);
        assertThat(channel.read(into)).isEqualTo(4 * 15);
        assertThat(into.position()).isEqualTo(4 * 15);
        assertThat(channel.holdsMore()).isTrue();
        assertThat(channel.isEnded()).isFalse();
    }

    @Test
    void aTurnEndsAfterItsRecords() throws IOException {
        RawChannel channel = new RawChannel(new Source(records(0)), new TurnBudget(() -> 0));
        int given = 0;
        for (int count = 1; count > 0; ) {
            count = channel.read(ByteBuffer.allocate(ROOM));
            given += count;
        }
        assertThat(given).isEqualTo(64 * 5);
        assertThat(channel.holdsMore()).isTrue();
    }

    private static byte[] records(int length) {
        ByteBuffer records = ByteBuffer.allocate(RECORDS * (5 + length));
        for (int number = 0; number < RECORDS; number++) {
            records.put((byte) 23).putShort((short) 0x0303).putShort((short) length);
            for (int i = 0; i < length; i++) {
                records.put((byte) (number + i));
            }
        }
        return records.array();
    }

    /// All that there is at once, and then the end.
    private static final class Source implements ByteChannel {

        private final ByteBuffer left;

        Source(byte[] bytes) {
            left = ByteBuffer.wrap(bytes);
        }

        @Override
        public int read(ByteBuffer into) {
            if (!left.hasRemaining()) {
                return -1;
            }
            int count = Math.min(left.remaining(), into.remaining());
            into.put(left.slice(left.position(), count));
            left.position(left.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            left.position(left.limit());
        }
    }
}
