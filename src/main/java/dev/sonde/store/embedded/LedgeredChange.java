package dev.sonde.store.embedded;

import dev.sonde.probe.keeping.ChangeRefusedException;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

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

    /// Adds names once they are committed: now, or at the end of the transaction around this.
    static void add(DefinitionLedger ledger, List<LedgerEntry> entries) {
        atEnd(
                isCommitted -> {
                    if (isCommitted) {
                        ledger.added(entries);
                    }
                });
    }

    /// Removes the names from the ledger first. If the deletion or the transaction around it fails,
    /// they are added again.
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
        atEnd(
                isCommitted -> {
                    if (!isCommitted) {
                        ledger.added(entries);
                    }
                });
    }

    private static void atEnd(Consumer<Boolean> work) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            work.accept(true);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCompletion(int status) {
                        work.accept(status == STATUS_COMMITTED);
                    }
                });
    }
}
