package dev.sonde.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheredAnswerTest {

    private static final int PART = 10_000;

    private final LargeBuffers buffers = new LargeBuffers();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Integer> lengths = new ArrayList<>();
    private final GatheredAnswer answer = new GatheredAnswer(this::send);
    private boolean isBroken;

    private void send(ByteBuffer whole) throws IOException {
        if (isBroken) {
            throw new IOException("the peer is gone");
        }
        assertThat(whole.isDirect()).isTrue();
        byte[] bytes = new byte[whole.remaining()];
        whole.get(bytes);
        lengths.add(bytes.length);
        sent.write(bytes);
    }

    private byte[] write(int parts) throws IOException {
        byte[] text = new byte[parts * PART];
        new Random(parts).nextBytes(text);
        for (int i = 0; i < parts; i++) {
            ByteBuffer part = ByteBuffer.wrap(text, i * PART, PART);
            assertThat(answer.write(part)).isTrue();
            assertThat(part.hasRemaining()).isFalse();
            assertThat(part.limit()).isEqualTo((i + 1) * PART);
        }
        return text;
    }

    @Test
    void shortPartsLeaveTogetherAndInOrder() throws IOException {
        answer.begin(buffers);
        byte[] text = write(60);
        assertThat(lengths).containsExactly(LargeBuffers.BYTES, LargeBuffers.BYTES);
        answer.complete();
        answer.flush();
        assertThat(lengths)
                .containsExactly(
                        LargeBuffers.BYTES,
                        LargeBuffers.BYTES,
                        text.length - 2 * LargeBuffers.BYTES);
        assertThat(sent.toByteArray()).isEqualTo(text);
    }

    @Test
    void partLongerThanTheBufferLeavesInSeveralCalls() throws IOException {
        answer.begin(buffers);
        byte[] text = new byte[3 * LargeBuffers.BYTES + 7];
        new Random(1).nextBytes(text);
        assertThat(answer.write(ByteBuffer.wrap(text))).isTrue();
        answer.flush();
        assertThat(sent.toByteArray()).isEqualTo(text);
    }

    @Test
    void oneBufferServesAllAnswersThatFollowEachOther() throws IOException {
        ByteBuffer first = buffers.take();
        buffers.giveBack(first);
        for (int i = 0; i < 3; i++) {
            answer.begin(buffers);
            write(2);
            answer.flush();
            write(1);
            assertThat(buffers.take()).isNotSameAs(first);
            answer.complete();
            answer.flush();
            ByteBuffer again = buffers.take();
            assertThat(again).isSameAs(first);
            buffers.giveBack(again);
        }
        assertThat(lengths).containsExactly(2 * PART, PART, 2 * PART, PART, 2 * PART, PART);
    }

    @Test
    void nothingIsGatheredBeforeTheAnswerAndAfterItsEnd() throws IOException {
        assertThat(answer.write(ByteBuffer.allocate(1))).isFalse();
        answer.flush();
        answer.begin(buffers);
        answer.complete();
        answer.flush();
        ByteBuffer next = ByteBuffer.allocate(1);
        assertThat(answer.write(next)).isFalse();
        assertThat(next.remaining()).isEqualTo(1);
        assertThat(lengths).isEmpty();
    }

    @Test
    void bytesThatCouldNotBeSentNeverLeaveWithALaterAnswer() throws IOException {
        answer.begin(buffers);
        write(1);
        isBroken = true;
        assertThatThrownBy(answer::flush).isInstanceOf(IOException.class);
        answer.end();
        isBroken = false;
        GatheredAnswer later = new GatheredAnswer(this::send);
        later.begin(buffers);
        assertThat(later.write(ByteBuffer.wrap(new byte[] {1, 2}))).isTrue();
        later.flush();
        assertThat(sent.toByteArray()).containsExactly(1, 2);
    }
}
