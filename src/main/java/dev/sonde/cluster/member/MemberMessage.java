package dev.sonde.cluster.member;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.result.EventInterest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message between replicas.
public sealed interface MemberMessage {

    /// A sign of life of the sender.
    ///
    /// @param sentAt by the sender's clock
    /// @param begins when the sender begins, or began, to run what is its own; absent until it
    ///     knows
    /// @param interest results of other replicas that the sender's subscribers want
    record Beat(Peer peer, Instant sentAt, @Nullable Instant begins, EventInterest interest)
            implements MemberMessage {}

    /// The sender leaves.
    ///
    /// @param ends when it starts its last run
    record Leaving(Peer peer, Instant ends) implements MemberMessage {}

    /// Results and transitions of the sender's probes, in order.
    record Events(List<Event> events) implements MemberMessage {}

    /// One event of a sender's probe.
    sealed interface Event {

        /// A scheduled run has ended.
        record Ran(ProbeResult result, String probe) implements Event {}

        /// A scheduled run has ended, with another outcome or reason than the one before.
        record Turned(ProbeResult result, String probe) implements Event {}

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
        private static final int TURNED = 3;

        private final ResultBytes results;

        public Codec(ResultBytes results) {
            this.results = results;
        }

        /// Writes a message.
        public byte[] write(MemberMessage message) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                switch (message) {
                    case Beat beat -> write(out, beat);
                    case Leaving(Peer peer, Instant ends) -> {
                        write(out, LEAVING, peer);
                        write(out, ends);
                    }
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
                    case BEAT -> readBeat(in);
                    case LEAVING -> new Leaving(readPeer(in), readInstant(in));
                    case EVENTS -> readEvents(in);
                    default -> throw new IllegalArgumentException("no message of form " + form);
                };
            } catch (IOException e) {
                throw new IllegalArgumentException("a message that cannot be read", e);
            }
        }

        private static void write(DataOutputStream out, Beat beat) throws IOException {
            write(out, BEAT, beat.peer());
            write(out, beat.sentAt());
            Instant begins = beat.begins();
            out.writeBoolean(begins != null);
            if (begins != null) {
                write(out, begins);
            }
            out.writeBoolean(beat.interest().all());
            out.writeInt(beat.interest().probes().size());
            for (String probe : beat.interest().probes()) {
                out.writeUTF(probe);
            }
        }

        private static Beat readBeat(DataInputStream in) throws IOException {
            Peer peer = readPeer(in);
            Instant sentAt = readInstant(in);
            Instant begins = in.readBoolean() ? readInstant(in) : null;
            boolean isAll = in.readBoolean();
            int count = in.readInt();
            Set<String> probes = new HashSet<>();
            for (int i = 0; i < count; i++) {
                probes.add(in.readUTF());
            }
            return new Beat(
                    peer, sentAt, begins, isAll ? EventInterest.ALL : EventInterest.in(probes));
        }

        private static void write(DataOutputStream out, Instant instant) throws IOException {
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        }

        private static Instant readInstant(DataInputStream in) throws IOException {
            return Instant.ofEpochSecond(in.readLong(), in.readInt());
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
                    out.writeByte(RAN);
                    write(out, result, probe);
                }
                case Event.Turned(ProbeResult result, String probe) -> {
                    out.writeByte(TURNED);
                    write(out, result, probe);
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
                    out.writeUTF(Objects.requireNonNullElse(change.cause().detail(), ""));
                    out.writeBoolean(result != null);
                    if (result != null) {
                        write(out, result);
                    }
                }
            }
        }

        private void write(DataOutputStream out, ProbeResult result, String probe)
                throws IOException {
            byte[] body = results.write(result);
            write(out, result.id());
            out.writeUTF(probe);
            out.writeUTF(result.replica() == null ? "" : result.replica());
            out.writeInt(body.length);
            out.write(body);
        }

        private Events readEvents(DataInputStream in) throws IOException {
            int count = in.readInt();
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int form = in.readByte();
                switch (form) {
                    case RAN -> events.add(readRan(in));
                    case TURNED -> {
                        Event.Ran ran = readRan(in);
                        events.add(new Event.Turned(ran.result(), ran.probe()));
                    }
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
            String detail = in.readUTF();
            Transition.Cause cause =
                    new Transition.Cause(
                            in.readBoolean() ? readId(in) : null,
                            reason,
                            detail.isEmpty() ? null : detail);
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
