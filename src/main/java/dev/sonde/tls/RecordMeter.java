package dev.sonde.tls;

import java.nio.ByteBuffer;

/// The boundaries of TLS records in a stream of bytes, by their headers of five bytes (RFC 8446
/// section 5.1). Not thread-safe.
final class RecordMeter {

    private static final int HEADER_BYTES = 5;

    private int headerBytes;
    private int length;
    private int bodyLeft;
    private int ended;

    /// Goes on over bytes that come next, until enough records have ended.
    ///
    /// @param to where the bytes end
    /// @param most records, at least 1
    /// @return the index behind the last byte that was passed over
    int pass(ByteBuffer bytes, int from, int to, int most) {
        ended = 0;
        int at = from;
        while (at < to && ended < most) {
            if (headerBytes < HEADER_BYTES) {
                header(bytes.get(at));
                at++;
            } else {
                int step = Math.min(bodyLeft, to - at);
                bodyLeft -= step;
                at += step;
            }
            if (headerBytes == HEADER_BYTES && bodyLeft == 0) {
                headerBytes = 0;
                ended++;
            }
        }
        return at;
    }

    /// The number of records that ended in the last [#pass].
    int ended() {
        return ended;
    }

    private void header(byte next) {
        headerBytes++;
        if (headerBytes >= HEADER_BYTES - 1) {
            length = ((length << 8) | (next & 0xff)) & 0xffff;
            bodyLeft = length;
        }
    }
}
