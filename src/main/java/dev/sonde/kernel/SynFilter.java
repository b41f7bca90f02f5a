package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A classic BPF program that lets SYNs through and drops every other segment: `struct sock_fprog`
/// and the `struct sock_filter`s it points to (`linux/filter.h`), laid out for 64-bit Linux.
///
/// A TCP socket's filter sees segments from the TCP header on. A listening socket's filter also
/// sees those of handshakes that have not ended.
final class SynFilter {

    /// Bytes of the program's description, as `setsockopt` takes it.
    static final int BYTES = 16;

    private static final int LOAD_BYTE = 0x30;
    private static final int JUMP_IF_SET = 0x45;
    private static final int RETURN = 0x06;

    /// Of the TCP header (RFC 9293).
    private static final int FLAGS_OFFSET = 13;

    private static final int SYN = 0x02;

    private static final int WHOLE_SEGMENT = -1;
    private static final int NOTHING = 0;

    private static final int INSTRUCTION_BYTES = 8;
    private static final int INSTRUCTIONS = 4;
    private static final int POINTER = 8;

    private SynFilter() {}

    /// In memory that lives as long as the process: there is one for all.
    static MemorySegment program() {
        return Holder.PROGRAM;
    }

    private static MemorySegment build() {
        MemorySegment code =
                Arena.global().allocate((long) INSTRUCTIONS * INSTRUCTION_BYTES, Integer.BYTES);
        put(code, 0, LOAD_BYTE, 0, FLAGS_OFFSET);
        put(code, 1, JUMP_IF_SET, 1, SYN);
        put(code, 2, RETURN, 0, WHOLE_SEGMENT);
        put(code, 3, RETURN, 0, NOTHING);
        MemorySegment program = Arena.global().allocate(BYTES, Long.BYTES);
        program.set(JAVA_SHORT, 0, (short) INSTRUCTIONS);
        program.set(ADDRESS, POINTER, code);
        return program;
    }

    /// @param unlessSo how many instructions a jump skips when its condition does not hold
    private static void put(
            MemorySegment code, int index, int operation, int unlessSo, int operand) {
        long at = (long) index * INSTRUCTION_BYTES;
        code.set(JAVA_SHORT, at, (short) operation);
        code.set(JAVA_BYTE, at + 3, (byte) unlessSo);
        code.set(JAVA_INT, at + 4, operand);
    }

    private static final class Holder {
        static final MemorySegment PROGRAM = build();
    }
}
