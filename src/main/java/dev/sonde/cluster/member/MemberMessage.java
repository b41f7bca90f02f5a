package dev.sonde.cluster.member;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.ResultBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A message between replicas.
public sealed interface MemberMessage {

    /// A sign of life, and who lives.
    record Beat(Peer peer) implements MemberMessage {}

    /// It runs nothing any more and goes.
    record Leaving(Peer peer) implements MemberMessage {}

    /// Results and transitions of the sender's probes, in order.
    record Events(List<Event> events) implements MemberMessage {}

    /// One of them.
    sealed interface Event {

        /// A scheduled run has ended.
        record Ran(ProbeResult result, String probe) implements Event {}

        /// A state has changed.
        record Changed(Transition transition) implements Event {}
    }

    /// A message to and from bytes; the first byte names the form, so that a further form can be
    /// added.
    final class Codec {

        private static final int BEAT = 1;
        private static final int LEAVING = 2;
        private static final int EVENTS = 3;
        private static final int RAN = 1;
        private static final int CHANGED = 2;

        private final ResultBytes results;

        public Codec(ResultBytes results) {
            this.results = results;
        }

        byte[] write(MemberMessage message) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                switch (message) {
                    case Beat(Peer peer) -> write(out, BEAT, peer);
                    case Leaving(Peer peer) -> write(out, LEAVING, peer);
                    case Events(List<Event> events) -> {
                        out.writeByte(EVENTS);
                        out.writeInt(events.size());
                        for (Event event : events) {
                            write(out, event);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        /// Reads a message again.
        ///
        /// @throws IllegalArgumentException where it is of no form known here
        MemberMessage read(byte[] bytes, int offset, int length) {
            try (DataInputStream in =
                    new DataInputStream(new ByteArrayInputStream(bytes, offset, length))) {
                int form = in.readByte();
                return switch (form) {
                    case BEAT -> new Beat(readPeer(in));
                    case LEAVING -> new Leaving(readPeer(in));
                    case EVENTS -> readEvents(in);
                    default -> throw new IllegalArgumentException("no message of form " + form);
                };
            } catch (IOException e) {
                throw new IllegalArgumentException("a message that cannot be read", e);
            }
        }

        private static void write(DataOutputStream out, int form, Peer peer) throws IOException {
            out.writeByte(form);
            out.writeUTF(peer.name());
            out.writeUTF(peer.url() == null ? "" : peer.url());
        }

        private static Peer readPeer(DataInputStream in) throws IOException {
            String name = in.readUTF();
            String url = in.readUTF();
            return new Peer(name, url.isEmpty() ? null : url);
        }

        private void write(DataOutputStream out, Event event) throws IOException {
            switch (event) {
                case Event.Ran(ProbeResult result, String probe) -> {
                    byte[] body = results.write(result);
                    out.writeByte(RAN);
                    write(out, result.id());
                    out.writeUTF(probe);
                    out.writeUTF(result.replica() == null ? "" : result.replica());
                    out.writeInt(body.length);
                    out.write(body);
                }
                case Event.Changed(Transition change) -> {
                    UUID result = change.cause().resultId();
                    out.writeByte(CHANGED);
                    out.writeUTF(change.probe());
                    out.writeUTF(change.from().label());
                    out.writeUTF(change.to().label());
                    out.writeUTF(change.at().toString());
                    out.writeBoolean(change.inMaintenance());
                    out.writeUTF(change.cause().reason());
                    out.writeBoolean(result != null);
                    if (result != null) {
                        write(out, result);
                    }
                }
            }
        }

        private Events readEvents(DataInputStream in) throws IOException {
            int count = in.readInt();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int form = in.readByte();
                switch (form) {
                    case RAN -> events.add(readRan(in));
                    case CHANGED -> events.add(readChanged(in));
                    default -> throw new IOException("an event of an unknown form: " + form);
                }
            }
            return new Events(events);
        }

        private Event.Ran readRan(DataInputStream in) throws IOException {
            UUID id = readId(in);
            String probe = in.readUTF();
            String replica = in.readUTF();
            byte[] body = in.readNBytes(in.readInt());
            ProbeResult result = results.read(id, probe, body);
            return new Event.Ran(result.withReplica(replica.isEmpty() ? null : replica), probe);
        }

        private static Event.Changed readChanged(DataInputStream in) throws IOException {
            String probe = in.readUTF();
            ProbeState from = state(in);
            ProbeState to = state(in);
            Instant at = Instant.parse(in.readUTF());
            boolean isMaintained = in.readBoolean();
            String reason = in.readUTF();
            Transition.Cause cause =
                    new Transition.Cause(in.readBoolean() ? readId(in) : null, reason);
            return new Event.Changed(new Transition(probe, from, to, at, cause, isMaintained));
        }

        private static ProbeState state(DataInputStream in) throws IOException {
            String label = in.readUTF();
            for (ProbeState state : ProbeState.values()) {
                if (state.label().equals(label)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state is called " + label);
        }

        private static void write(DataOutputStream out, UUID id) throws IOException {
            out.writeLong(id.getMostSignificantBits());
            out.writeLong(id.getLeastSignificantBits());
        }

        private static UUID readId(DataInputStream in) throws IOException {
            return new UUID(in.readLong(), in.readLong());
        }
    }
}
