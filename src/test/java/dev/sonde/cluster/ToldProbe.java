package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.HttpCalls;
import dev.sonde.notification.Hook;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A probe whose changes a receiver of webhooks is told of, each in one message. The receiver may
/// get a message again, with its id.
final class ToldProbe {

    static final String LABEL = "told=yes";

    private final Hook hook;
    private final int port;
    private ServerSocket target;
    private int told;

    /// Creates the probe, and waits until it is up.
    ///
    /// @param api port of a replica
    /// @param spared the replica that is not to be its owner
    ToldProbe(int api, Hook hook, String spared) throws IOException {
        this.hook = hook;
        this.target = ReplicaLab.listen(0);
        this.port = target.getLocalPort();
        try (HttpCalls calls = new HttpCalls(api)) {
            String path = create(calls, spared);
            await().atMost(ReplicaLab.LONG).until(() -> calls.get(path).at("/state").equals("up"));
        }
    }

    /// The name decides on the owner. A process without CPU must not look like a target that is
    /// down, hence the timeout.
    private String create(HttpCalls calls, String spared) {
        for (int i = 0; ; i++) {
            String path = "/probes/told-" + i;
            String owner =
                    calls.put(
                                    path,
                                    """
                                    {"target": "127.0.0.1:%d", "interval": "1s",
                                     "labels": {"told": "yes"}, "rise": 1, "fall": 1,
                                     "settings": {"timeout": "1s", "close": "rst"}}"""
                                            .formatted(port))
                            .at("/owner");
            if (!owner.equals(spared)) {
                return path;
            }
            calls.delete(path);
        }
    }

    void goDown() throws IOException {
        target.close();
        awaitNew();
    }

    void comeBack() throws IOException {
        target = ReplicaLab.listen(port);
        awaitNew();
    }

    /// The receiver does not answer the message until [#awaitRepeated].
    ///
    /// @param spared a replica that is not to be the sender
    /// @return the path to which it was sent, which names the sender
    String goDownUnanswered(String spared) throws IOException {
        while (true) {
            hook.held = new CountDownLatch(1);
            goDown();
            String path = hook.all.getLast().path();
            if (!path.endsWith(spared)) {
                return path;
            }
            hook.held.countDown();
            comeBack();
        }
    }

    /// Another replica sends the message that was not answered.
    void awaitRepeated() {
        Hook.Call unanswered = hook.all.getLast();
        hook.held.countDown();
        await().atMost(ReplicaLab.LONG)
                .until(() -> hook.all.stream().anyMatch(call -> isRepeated(unanswered, call)));
    }

    private static boolean isRepeated(Hook.Call first, Hook.Call call) {
        return call.delivery().equals(first.delivery()) && !call.path().equals(first.path());
    }

    void requireEachMessageOnce() {
        assertThat(ids()).hasSize(told);
        assertThat(hook.all.stream().map(call -> call.at("/event")).distinct())
                .containsExactly("incident.opened", "incident.closed");
    }

    private void awaitNew() {
        told++;
        await().atMost(ReplicaLab.LONG).until(() -> ids().size() == told);
    }

    private List<String> ids() {
        return hook.all.stream().map(Hook.Call::delivery).distinct().toList();
    }
}
