package dev.sonde.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/// A name server that answers each question for an address of either family. It costs little, so
/// that it is no bound of the section. Ends with its process.
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

    private NameServerProcess() {}

    public static void main(String[] args) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), PORT));
            System.out.println(READY);
            ByteBuffer buffer = ByteBuffer.allocateDirect(1_500);
            while (true) {
                buffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
                answer(buffer.flip());
                channel.send(buffer, from);
            }
        }
    }

    /// Turns a query into its answer. What follows the question, such as EDNS, is left out.
    private static void answer(ByteBuffer query) {
        int at = HEADER_BYTES;
        while (query.get(at) != 0) {
            at += query.get(at) + 1;
        }
        short type = query.getShort(at + 1);
        byte[] address = type == TYPE_A ? IPV4 : IPV6;
        int end = at + 5;
        query.putShort(2, FLAGS);
        query.putShort(6, (short) 1);
        query.putShort(8, (short) 0);
        query.putShort(10, (short) 0);
        query.clear().position(end);
        query.putShort(NAME_OF_QUESTION).putShort(type).putShort((short) 1).putInt(TTL_SECONDS);
        query.putShort((short) address.length).put(address).flip();
    }
}
