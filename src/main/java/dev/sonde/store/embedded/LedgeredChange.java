package dev.sonde.store.embedded;

import dev.sonde.probe.keeping.ChangeRefusedException;
import java.util.List;
import org.springframework.dao.CannotAcquireLockException;

/// One change in the embedded database; one of a definition is followed by the ledger.
public final class LedgeredChange {

    private LedgeredChange() {}

    /// Makes a change.
    ///
    /// @throws ChangeRefusedException where the file takes nothing now
    public static void make(Runnable change) {
        try {
            change.run();
        } catch (UnwritableDatabaseException e) {
            throw new ChangeRefusedException(String.valueOf(e.getMessage()), e.isDiskFull(), e);
        } catch (CannotAcquireLockException e) {
            throw new ChangeRefusedException("another process has locked the database", false, e);
        }
    }

    /// Removes the names from the ledger first. If the deletion fails, they are added again.
    static void remove(DefinitionLedger ledger, List<LedgerEntry> entries, Runnable deletion) {
        if (!entries.isEmpty()) {
            make(() -> ledger.removing(entries));
        }
        try {
            make(deletion);
        } catch (RuntimeException e) {
            ledger.added(entries);
            throw e;
        }
    }
}
