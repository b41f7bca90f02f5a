package dev.sonde.store.authority;

import dev.sonde.store.authority.AuthorityRows.Row;
import dev.sonde.tls.certificate.AuthorityFolder;
import dev.sonde.tls.certificate.IssuedCertificate;
import dev.sonde.tls.certificate.KeyMaterial;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The move of the authority from the files of an earlier version into the database.
record AuthorityMove(AuthorityRows rows, AuthorityFolder earlier) {

    private static final Logger log = LoggerFactory.getLogger(AuthorityMove.class);

    boolean isNeeded() {
        return earlier.isPresent();
    }

    /// Removes the files once the database has what they hold.
    void run(KeyRing keys) {
        if (!isNeeded()) {
            return;
        }
        List<Row> all = new ArrayList<>();
        KeyMaterial own =
                earlier.own(
                        () -> {
                            throw new IllegalStateException("it is there");
                        });
        all.add(keys.seal(AuthorityRows.OWN, own.toPem()));
        for (IssuedCertificate issued : earlier.list("", Integer.MAX_VALUE)) {
            earlier.get(issued.name())
                    .ifPresent(each -> all.add(keys.seal(issued.name(), each.toPem())));
        }
        if (rows.add(all) || holds(own, keys)) {
            earlier.clear();
            log.atInfo()
                    .addKeyValue("certificates", all.size() - 1)
                    .log("the authority has moved from files into the database");
        } else {
            log.atWarn()
                    .log(
                            "the database has another authority; the one in the data directory is not used");
        }
    }

    private boolean holds(KeyMaterial own, KeyRing keys) {
        return rows.find(AuthorityRows.OWN)
                .flatMap(keys::material)
                .filter(found -> found.chain().equals(own.chain()))
                .isPresent();
    }
}
