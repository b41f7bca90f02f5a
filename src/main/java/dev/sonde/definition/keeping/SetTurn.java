package dev.sonde.definition.keeping;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The turn of this replica to apply a set that several replicas read. For one thread at a time.
public final class SetTurn {

    private static final Logger log = LoggerFactory.getLogger(SetTurn.class);

    /// The shortest lease, and how many looks it lasts.
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final int LOOKS_OF_LEASE = 3;

    private final SetLease lease;
    private final String set;
    private final Duration length;
    private boolean isMine;

    /// @param every time between two looks at the files of the set
    public SetTurn(SetLease lease, String set, Duration every) {
        this.lease = lease;
        this.set = set;
        Duration wanted = every.multipliedBy(LOOKS_OF_LEASE);
        this.length = wanted.compareTo(LEASE) < 0 ? LEASE : wanted;
    }

    /// Whether this replica applies the set; the others only check it.
    public boolean isMine() {
        return isMine;
    }

    /// Takes the turn where no other replica has it.
    ///
    /// @return whether it is this replica's now
    public boolean take() {
        isMine = lease.take(set, length);
        return isMine;
    }

    /// Ends the turn.
    public void release() {
        try {
            lease.release(set);
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("the lease of the files cannot be given up; it expires");
        }
        isMine = false;
    }
}
