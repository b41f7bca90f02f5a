package dev.sonde.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// A name server that answers each question for an address of either family. It costs little, so
/// that it is no bound of the section. Ends with its process.
///
/// Its arguments are its address, and a second one where names such as `n7.bench.test` are to lead
/// to the listener's addresses, of IPv4 alone.
final class NameServerProcess {

    static final String ADDRESS = "127.0.0.1";
    static final String READY = "ready";

    private static final int PORT = 53;
    private static final int HEADER_BYTES = 12;
    private static final int BUFFER_BYTES = 4 << 20;
    private static final short TYPE_A = 1;

    /// Response, recursion desired and available, no error.
    private static final short FLAGS = (short) 0x8180;

    /// The name of the question; type, class IN and 60 s follow.
    private static final short NAME_OF_QUESTION = (short) (0xc000 | HEADER_BYTES);

    private static final int TTL_SECONDS = 60;
    private static final byte[] IPV4 = {10, 0, 0, 1};
    private static final byte[] IPV6 = {(byte) 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static final int LISTENERS_ADDRESSES = 127 << 24 | 2 << 16;

    private NameServerProcess() {}

    public static void main(String[] args) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            String address = args.length > 0 ? args[0] : ADDRESS;
            boolean isNumbered = args.length > 1;
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(address), PORT));
            System.out.println(READY);
            ByteBuffer buffer = ByteBuffer.allocateDirect(1_500);
            while (true) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                answer(buffer.flip(), isNumbered);
                channel.send(buffer, from);
            }
        }
    }

    /// Turns a query into its answer. What follows the question, such as EDNS, is left out.
    private static void answer(ByteBuffer query, boolean isNumbered) {
        int at = HEADER_BYTES;
        while (query.get(at) != 0) {
            at += query.get(at) + 1;
        }
        short type = query.getShort(at + 1);
        byte[] address = type == TYPE_A ? IPV4 : IPV6;
        int end = at + 5;
        boolean isEmpty = isNumbered && type != TYPE_A;
        int number = isNumbered ? number(query) : 0;
        query.putShort(2, FLAGS);
        query.putShort(6, (short) (isEmpty ? 0 : 1));
        query.putShort(8, (short) 0);
        query.putShort(10, (short) 0);
        query.clear().position(end);
        if (isEmpty) {
            query.flip();
            return;
        }
        query.putShort(NAME_OF_QUESTION).putShort(type).putShort((short) 1).putInt(TTL_SECONDS);
        query.putShort((short) address.length);
        if (isNumbered) {
            query.putInt(LISTENERS_ADDRESSES | (number & 0xffff)).flip();
        } else {
            query.put(address).flip();
        }
    }

    /// The digits in the first label of the question's name.
    private static int number(ByteBuffer query) {
        int number = 0;
        for (int i = 1; i <= query.get(HEADER_BYTES); i++) {
            int digit = Character.digit(query.get(HEADER_BYTES + i), 10);
            number = digit < 0 ? number : 10 * number + digit;
        }
        return number;
    }
}
