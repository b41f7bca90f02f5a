package dev.sonde.cluster.forward;

import dev.sonde.cluster.Replicas;
import dev.sonde.probe.keeping.Replica;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Requests for what other replicas hold. A single process has none; replicas without TLS between
/// them know the holder and forward nothing. Safe for any thread; callers wait.
public final class Forwarding implements AutoCloseable {

    private final @Nullable ReplicaDirectory directory;
    private final @Nullable ForwardTls tls;
    private final @Nullable Forwarder forwarder;

    private Forwarding(
            @Nullable ReplicaDirectory directory,
            @Nullable ForwardTls tls,
            @Nullable Forwarder forwarder) {
        this.directory = directory;
        this.tls = tls;
        this.forwarder = forwarder;
    }

    /// The forwarding of a single process, which has none.
    static Forwarding none() {
        return new Forwarding(null, null, null);
    }

    /// @param tls absent where replicas do not prove who they are
    static Forwarding of(
            Replicas replicas,
            ReplicaDirectory directory,
            @Nullable ForwardTls tls,
            int connections) {
        return new Forwarding(
                directory, tls, tls == null ? null : new Forwarder(replicas, tls, connections));
    }

    /// The certificates of the port for forwarded requests; empty where no request is forwarded.
    public Optional<ForwardTls> tls() {
        return Optional.ofNullable(tls);
    }

    /// Whether other replicas may exist.
    public boolean isClustered() {
        return directory != null;
    }

    /// Makes the port for forwarded requests known to the others, before this replica joins.
    ///
    /// @param address host, port and context path; absent where there is none
    void announce(@Nullable String address) throws SQLException {
        if (directory != null) {
            directory.announce(address);
        }
    }

    /// The place of a check or of a result that is only in memory.
    public Whereabouts placeOf(UUID id) {
        return directory == null ? new Whereabouts.Here() : directory.placeOf(Replica.tagOf(id));
    }

    /// The same for an id that is a number.
    public Whereabouts placeOf(long number) {
        return directory == null
                ? new Whereabouts.Here()
                : directory.placeOf(Replica.tagOf(number));
    }

    /// The place of what a replica of this name holds, which is another one.
    public Whereabouts placeAt(String replica) {
        return directory == null
                ? new Whereabouts.Here()
                : directory
                        .named(replica)
                        .<Whereabouts>map(Whereabouts.There::new)
                        .orElseGet(() -> new Whereabouts.Gone(replica));
    }

    /// Whether requests can be forwarded to the holder.
    public boolean reaches(Holder holder) {
        return forwarder != null && holder.forward() != null;
    }

    /// Sends a request to its holder, and waits until the answer begins.
    ///
    /// @throws InterruptedException when the caller is to stop
    public ForwardedAnswer send(Holder holder, ForwardedCall call)
            throws ForwardException, InterruptedException {
        if (forwarder == null) {
            throw new ForwardException(
                    ForwardException.Reason.UNREACHABLE,
                    "replica " + holder.name() + " takes no forwarded requests");
        }
        return forwarder.send(holder, call);
    }

    /// Sends a request for a list to all other replicas, and waits at most a second.
    ///
    /// @throws InterruptedException when the caller is to stop
    public List<Gathered> gather(ForwardedCall call) throws InterruptedException {
        if (directory == null) {
            return List.of();
        }
        return forwarder == null
                ? directory.others().stream().map(each -> new Gathered(each.name(), null)).toList()
                : Gathering.gather(forwarder, directory.others(), call);
    }

    /// Empty where no request is forwarded.
    public Optional<ForwardFigures> figures() {
        return Optional.ofNullable(forwarder).map(Forwarder::figures);
    }

    /// Ends the answers that would go on while the service stops.
    void endStreams() {
        if (forwarder != null) {
            forwarder.endStreams();
        }
    }

    @Override
    public void close() {
        if (forwarder != null) {
            forwarder.close();
        }
    }
}
