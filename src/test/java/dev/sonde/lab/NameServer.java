package dev.sonde.lab;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name server on UDP and TCP that answers as it is told.
///
/// An answer is a list of records (`A 10.0.0.1`, `AAAA ::1`, `CNAME b.test.`, `TTL 5` before them),
/// a response code (`NXDOMAIN`), `SILENT`, or `LARGE` for one that fits into no datagram. A name
/// that is not known is NXDOMAIN.
public final class NameServer implements AutoCloseable {

    private static final int LARGE = 200;

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private NameServer(ServerSocket tcp) throws IOException {
        this.tcp = tcp;
        this.udp =
                new DatagramSocket(new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort()));
        Thread.ofPlatform().daemon().start(this::serveUdp);
        Thread.ofPlatform().daemon().start(this::serveTcp);
    }

    /// Starts one on a free port of the loopback address.
    public static NameServer start() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        while (true) {
            try {
                return start(any);
            } catch (BindException _) {
                // The port that TCP was given is taken in UDP.
            }
        }
    }

    /// Starts one on a given address, in the network namespace of the calling thread.
    public static NameServer start(InetSocketAddress address) throws IOException {
        ServerSocket tcp = new ServerSocket(address.getPort(), 50, address.getAddress());
        try {
            return new NameServer(tcp);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    }

    /// Has a name, without a dot at its end, answered so.
    public NameServer with(String name, String answer) {
        answers.put(name, answer);
        return this;
    }

    /// Names and types that were asked for, such as `a.test A`.
    public List<String> asked() {
        return asked;
    }

    private void serveUdp() {
        byte[] bytes = new byte[4_096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                udp.receive(packet);
                byte[] reply = reply(Arrays.copyOf(bytes, packet.getLength()), true);
                if (reply.length > 0) {
                    udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!udp.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serveTcp() {
        while (!tcp.isClosed()) {
            try (Socket client = tcp.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] reply = reply(query, false);
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                out.writeShort(reply.length);
                out.write(reply);
            } catch (IOException _) {
                // The client has gone, or this server is closed.
            }
        }
    }

    private byte[] reply(byte[] query, boolean isDatagram) throws IOException {
        Message asking = new Message(query);
        Record question = asking.getQuestion();
        String name = question.getName().toString(true).toLowerCase(Locale.ROOT);
        asked.add(name + " " + Type.string(question.getType()));
        String answer = answers.getOrDefault(name, "NXDOMAIN");
        Message reply = new Message(asking.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.addRecord(question, Section.QUESTION);
        if (answer.equals("SILENT")) {
            return new byte[0];
        }
        if (answer.equals("LARGE") && isDatagram) {
            reply.getHeader().setFlag(Flags.TC);
        } else if (answer.equals("LARGE")) {
            for (int i = 0; i < LARGE; i++) {
                add(reply, question, List.of("A 10.1.0." + i));
            }
        } else if (Rcode.value(answer) >= 0) {
            reply.getHeader().setRcode(Rcode.value(answer));
        } else {
            add(reply, question, Arrays.asList(answer.split(", ?")));
        }
        return reply.toWire();
    }

    private static void add(Message reply, Record question, List<String> answers)
            throws IOException {
        Name owner = question.getName();
        long ttl = 60;
        for (String each : new ArrayList<>(answers)) {
            String[] words = each.split(" ", -1);
            int type = words[0].equals("TTL") ? -1 : Type.value(words[0]);
            if (type < 0) {
                ttl = Long.parseLong(words[1]);
            } else if (type == Type.CNAME || type == question.getType()) {
                Record record = Record.fromString(owner, type, DClass.IN, ttl, words[1], Name.root);
                reply.addRecord(record, Section.ANSWER);
                owner = type == Type.CNAME ? Name.fromString(words[1]) : owner;
            }
        }
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
