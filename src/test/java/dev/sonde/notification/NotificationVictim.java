package dev.sonde.notification;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.store.NotificationDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A process in which a probe goes down, and which sends the message of it, until it is killed.
final class NotificationVictim {

    static final String STORED = "stored";

    private NotificationVictim() {}

    /// @param args the directory of the database, the receiver's URL, and whether it sends
    static void main(String[] args) throws InterruptedException {
        NotificationDatabase db = NotificationDatabase.sqlite(Path.of(args[0]));
        Rig rig =
                new Rig(
                        db,
                        Map.of(
                                "group-within", "0s",
                                "receivers[0].name", "ops",
                                "receivers[0].type", "webhook",
                                "receivers[0].url", args[1]));
        rig.probes.put("a", new ProbeFacts("db.example:5432", Map.of(), "up"));
        rig.become("a", ProbeState.UP, ProbeState.DOWN);
        IO.println(STORED);
        if (Boolean.parseBoolean(args[2])) {
            rig.compareUntilSent();
        }
        new CountDownLatch(1).await();
    }
}
