package dev.sonde.notification;

import static dev.sonde.probe.finding.ProbeState.DEGRADED;
import static dev.sonde.probe.finding.ProbeState.DOWN;
import static dev.sonde.probe.finding.ProbeState.PAUSED;
import static dev.sonde.probe.finding.ProbeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.notification.message.DeliveryState;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.store.NotificationDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stored changes of probes and the messages that webhooks get of them.
class ScanTest {

    @TempDir private Path directory;
    private Hook hook;
    private NotificationDatabase db;
    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        hook = new Hook();
        db = NotificationDatabase.sqlite(directory);
        rig = new Rig(db, Rig.webhook(hook));
        rig.compare();
        rig.define("a");
        rig.become("a", UP, DOWN);
    }

    @AfterEach
    void close() {
        rig.close();
        db.close();
        hook.close();
    }

    /// As after a restart.
    private void restart(Map<String, String> settings) {
        Map<String, ProbeFacts> probes = rig.probes;
        rig.close();
        rig = new Rig(db, settings);
        rig.probes.putAll(probes);
    }

    @Test
    void incidentAndItsEndAreSentOnceEachAndSigned() throws Exception {
        rig.compareUntilSent();
        rig.compareUntilSent();
        Hook.Call opened = hook.next();
        assertThat(opened.at("/event")).isEqualTo("incident.opened");
        assertThat(opened.at("/incidents/0/state")).isEqualTo("down");
        assertThat(opened.at("/incidents/0/reason")).isEqualTo("refused");
        assertThat(opened.at("/incidents/0/url")).isEqualTo("http://sonde/#/probe/a");
        String time = opened.signature().replaceAll("t=(\\d+),.*", "$1");
        assertThat(opened.signature()).isEqualTo("t=" + time + ",v1=" + hmac(time, opened.body()));
        rig.become("a", DOWN, UP);
        restart(Rig.webhook(hook));
        rig.compareUntilSent();
        Hook.Call closed = hook.next();
        assertThat(closed.at("/event")).isEqualTo("incident.closed");
        assertThat(closed.at("/incidents/0/id")).isEqualTo(opened.at("/incidents/0/id"));
        assertThat(closed.at("/incidents/0/endedBy")).isEqualTo("up");
        assertThat(closed.at("/number")).isEqualTo("2");
        rig.compareUntilSent();
        assertThat(hook.all).hasSize(2);
    }

    private static String hmac(String time, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed = (time + "." + body).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(mac.doFinal(signed));
    }

    @Test
    void changesOfTheSameTimeGoInOneMessageThatSuspectsTheOwnNetwork() {
        String[] names = IntStream.range(0, 20).mapToObj(i -> "p" + i).toArray(String[]::new);
        rig.define(names);
        for (String name : names) {
            rig.become(name, UP, DOWN);
        }
        rig.compareUntilSent();
        Hook.Call call = hook.next();
        assertThat(call.at("/grouped")).isEqualTo("21");
        assertThat(call.at("/suspect")).isEqualTo("own_network");
        assertThat(call.json().at("/incidents")).hasSize(21);
    }

    @Test
    void messageIsSentAgainWithItsIdUntilTheReceiverTakesIt() {
        hook.replies.add(Hook.Reply.of(503));
        hook.replies.add(new Hook.Reply(429, Map.of("Retry-After", "1"), ""));
        rig.compareUntilSent();
        assertThat(hook.all).extracting(Hook.Call::delivery).hasSize(3).containsOnly(id());
        MessageDelivery delivery = rig.deliveries().getFirst();
        assertThat(delivery.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(delivery.attempts()).isEqualTo(3);
        assertThat(delivery.lastError())
                .isEqualTo("http://127.0.0.1: the answer has status 429")
                .doesNotContain("hook");
    }

    private String id() {
        return rig.deliveries().getFirst().id();
    }

    @Test
    void newerStateReplacesAnOlderOneThatWasNotDelivered() {
        hook.replies.add(new Hook.Reply(503, Map.of("Retry-After", "3600"), ""));
        rig.compare();
        assertThat(hook.next().at("/event")).isEqualTo("incident.opened");
        Awaitility.await().until(() -> rig.deliveries().getFirst().attempts() == 1);
        rig.become("a", DOWN, UP);
        rig.compareUntilSent();
        assertThat(hook.next().at("/event")).isEqualTo("incident.closed");
        assertThat(rig.deliveries()).hasSize(1);
    }

    @Test
    void refusedMessageIsNotSentAgainAndTheEndIs() {
        hook.replies.add(Hook.Reply.of(400));
        rig.compareUntilSent();
        assertThat(rig.deliveries().getFirst().state()).isEqualTo(DeliveryState.FAILED);
        rig.become("a", DOWN, UP);
        rig.compareUntilSent();
        assertThat(hook.all).hasSize(2);
        assertThat(rig.couriers.figures("ops").failed()).isEqualTo(1);
    }

    @Test
    void redirectIsNotFollowed() {
        hook.replies.add(
                new Hook.Reply(302, Map.of("Location", hook.url() + "/elsewhere"), "<html>"));
        rig.compare();
        hook.next();
        Awaitility.await().until(() -> rig.deliveries().getFirst().attempts() == 1);
        assertThat(rig.deliveries().getFirst().lastError())
                .isEqualTo(
                        "http://127.0.0.1: the answer has status 302; redirects are not followed");
        assertThat(hook.all).hasSize(1);
    }

    @Test
    void deadReceiverDelaysNoOtherAndItsAddressIsJudged() {
        Map<String, String> two = new HashMap<>(Rig.webhook(hook));
        two.put("receivers[1].name", "denied");
        two.put("receivers[1].type", "webhook");
        two.put("receivers[1].url", "http://127.0.0.2:9/secret");
        restart(two);
        rig.compare();
        assertThat(hook.next().at("/event")).isEqualTo("incident.opened");
        Awaitility.await().until(() -> rig.couriers.figures("denied").retried() > 0);
        assertThat(rig.couriers.figures("denied").lastError())
                .startsWith("http://127.0.0.2: 127.0.0.2 is denied by policy")
                .doesNotContain("/secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paused", "deleted"})
    void probeThatNobodyWatchesAnyMoreIsToldAsEnded(String by) {
        rig.compareUntilSent();
        hook.next();
        if (by.equals("paused")) {
            rig.become("a", DOWN, PAUSED);
        } else {
            rig.delete("a");
        }
        rig.compareUntilSent();
        Hook.Call call = hook.next();
        assertThat(call.at("/event")).isEqualTo("incident.closed");
        assertThat(call.at("/incidents/0/endedBy")).isEqualTo(by);
    }

    @Test
    void degradedProbeHasItsOwnEventsAndIsNotRepeatedAfterAnIncident() {
        rig.compareUntilSent();
        rig.become("a", DOWN, DEGRADED);
        rig.compareUntilSent();
        rig.become("a", DEGRADED, UP);
        rig.compareUntilSent();
        rig.become("a", UP, DEGRADED);
        rig.compareUntilSent();
        assertThat(hook.all)
                .extracting(it -> it.at("/event") + " " + it.at("/incidents/0/state"))
                .isEqualTo(
                        List.of(
                                "incident.opened down",
                                "incident.closed degraded",
                                "probe.recovered up",
                                "probe.degraded degraded"));
        assertThat(hook.all.getLast().at("/incidents/0/detail"))
                .isEqualTo(NotificationDatabase.MISSED);
    }

    @Test
    void maintenanceSendsNothingAndAfterItOnlyADifference() {
        rig.compareUntilSent();
        hook.next();
        rig.maintained.add("a");
        rig.become("a", DOWN, UP);
        rig.compareUntilSent();
        rig.become("a", UP, DOWN);
        rig.compareUntilSent();
        rig.maintained.clear();
        rig.compareUntilSent();
        assertThat(hook.all).hasSize(1);
        rig.become("a", DOWN, UP);
        rig.compareUntilSent();
        assertThat(hook.next().at("/event")).isEqualTo("incident.closed");
        assertThat(hook.all).hasSize(2);
    }
}
