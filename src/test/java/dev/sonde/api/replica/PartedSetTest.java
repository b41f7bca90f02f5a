package dev.sonde.api.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.definition.DefinitionSets;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A set whose listeners live at two replicas.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
class PartedSetTest {

    private final ReplicaPair pair;

    PartedSetTest(ReplicaPair shared) {
        pair = shared;
    }

    /// The set is first that of the second replica; then the first one opens another listener.
    @BeforeEach
    void part() {
        pair.two.put("/definitions/parted", document(listener("p-two", "echo")));
        Answer made =
                pair.one.put(
                        "/definitions/parted",
                        document(listener("p-one", "echo") + "," + listener("p-two", "echo")));
        assertThat(made.at("/created/0")).isEqualTo("p-one");
        assertThat(made.at("/unchanged")).isEqualTo("1");
        assertThat(pair.one.get("/listeners/p-one").at("/replica")).isEqualTo("one");
        assertThat(pair.two.get("/listeners/p-two").at("/replica")).isEqualTo("two");
    }

    @AfterEach
    void end() {
        pair.one.delete("/definitions/parted");
    }

    @Test
    void everyReplicaShowsTheWholeSet() {
        String text = pair.one.get("/definitions/parted").text();
        assertThat(text).contains("p-one", "p-two");
        assertThat(pair.two.get("/definitions/parted").text()).isEqualTo(text);
        for (HttpCalls each : pair.both()) {
            assertThat(each.get("/definitions").json().path("items").valueStream())
                    .filteredOn(set -> set.path("name").asString().equals("parted"))
                    .singleElement()
                    .extracting(set -> set.path("listeners").asInt())
                    .isEqualTo(2);
        }
        assertThat(pair.two.get("/definitions/parted").header("ETag"))
                .isEqualTo(pair.one.get("/definitions/parted").header("ETag"));
    }

    @Test
    void putChangesTheListenersAtTheirHolders() {
        String changed = document(listener("p-one", "hold") + "," + listener("p-two", "hold"));
        for (HttpCalls each : pair.both()) {
            assertThat(each.put("/definitions/parted?dryRun=true", changed).json().at("/changed"))
                    .hasSize(2);
            assertThat(each.get("/listeners/p-one").at("/behaviour/type")).isEqualTo("echo");
        }
        assertThat(pair.two.put("/definitions/parted", changed).status()).isEqualTo(200);
        for (HttpCalls each : pair.both()) {
            assertThat(each.get("/listeners/p-one").at("/behaviour/type")).isEqualTo("hold");
            assertThat(each.get("/listeners/p-two").at("/behaviour/type")).isEqualTo("hold");
        }
        JsonNode left =
                pair.two.put("/definitions/parted", document(listener("p-two", "hold"))).json();
        assertThat(left.at("/deleted/0").asString()).isEqualTo("p-one");
        assertThat(pair.one.get("/listeners/p-one").status()).isEqualTo(404);
    }

    @Test
    void deleteEndsTheListenersAtTheirHolders() {
        assertThat(pair.two.delete("/definitions/parted").status()).isEqualTo(204);
        for (HttpCalls each : pair.both()) {
            assertThat(each.get("/listeners/p-one").status()).isEqualTo(404);
            assertThat(each.get("/listeners/p-two").status()).isEqualTo(404);
            assertThat(each.get("/definitions/parted").status()).isEqualTo(404);
        }
    }

    @Test
    void nothingIsChangedWhenAHolderRefuses() {
        pair.two.put(
                "/listeners/p-single",
                "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}}");
        Answer refused =
                pair.one.put(
                        "/definitions/parted",
                        document(listener("p-one", "hold") + "," + listener("p-single", "hold")));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("replica two: ", "p-single belongs to no set");
        for (String name : List.of("p-one", "p-two")) {
            assertThat(pair.one.get("/listeners/" + name).at("/behaviour/type")).isEqualTo("echo");
        }
        pair.one.delete("/listeners/p-single");
    }

    /// As where the replica that changes the set ends before its transaction.
    @Test
    void listenerIsAgainAsItsRowUntilTheRowIsWritten() throws InterruptedException {
        OwnPart holder = pair.second.getBean(OwnPart.class);
        long row = row("p-two");
        holder.put("parted", List.of(hold("p-two"), hold("p-new")), false);
        assertThat(pair.two.get("/listeners/p-two").at("/behaviour/type")).isEqualTo("hold");
        assertThat(pair.two.get("/listeners/p-new").status()).isEqualTo(200);
        assertThat(row("p-two")).isEqualTo(row);

        holder.written("parted", List.of());

        assertThat(pair.two.get("/listeners/p-two").at("/behaviour/type")).isEqualTo("echo");
        assertThat(pair.two.get("/listeners/p-new").status()).isEqualTo(404);
    }

    /// As where the holder has started since it changed its part.
    @Test
    void rowsAreFollowedWhereNoneIsAwaited() {
        ForeignListeners rows = pair.first.getBean(ForeignListeners.class);
        rows.save(hold("p-two"), "parted", "two");
        rows.save(hold("p-new"), "parted", "two");
        OwnPart holder = pair.second.getBean(OwnPart.class);
        holder.written("parted", List.of("p-two", "p-new"));
        assertThat(pair.two.get("/listeners/p-two").at("/behaviour/type")).isEqualTo("hold");
        assertThat(pair.two.get("/listeners/p-new").at("/behaviour/type")).isEqualTo("hold");

        rows.delete("p-new", "two");
        holder.written("parted", List.of("p-two"));

        assertThat(pair.two.get("/listeners/p-new").status()).isEqualTo(404);
    }

    /// The time is driven by hand.
    @Test
    void rowThatNobodyWritesIsReadAfterAMinute() throws InterruptedException {
        List<String> read = new ArrayList<>();
        AtomicLong nanos = new AtomicLong();
        DefinitionSets sets = pair.second.getBean(DefinitionSets.class);
        OwnPart holder = new OwnPart(sets, read::add, nanos::get);
        holder.put("parted", List.of(hold("p-two")), false);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60) - 1);
        holder.endOverdue();
        assertThat(read).isEmpty();

        nanos.addAndGet(1);
        holder.endOverdue();
        assertThat(read).containsExactly("p-two");

        holder.endOverdue();
        assertThat(read).containsExactly("p-two");
    }

    @Test
    void rowsOfAllHoldersAreWrittenInTheTransactionOfTheSet() {
        long before = row("p-two");
        JdbcClient database = pair.first.getBean(JdbcClient.class);
        database.sql(
                        "alter table listener add constraint refused check (name <> 'p-one') not valid")
                .update();
        try {
            String changed = document(listener("p-one", "hold") + "," + listener("p-two", "hold"));
            assertThat(pair.one.put("/definitions/parted", changed).status()).isEqualTo(503);
            assertThat(row("p-two")).isEqualTo(before);
            assertThat(pair.two.get("/listeners/p-two").at("/behaviour/type")).isEqualTo("echo");
        } finally {
            database.sql("alter table listener drop constraint refused").update();
        }
    }

    /// The transaction that wrote the row last.
    private long row(String listener) {
        return pair.first
                .getBean(JdbcClient.class)
                .sql("select cast(cast(xmin as text) as bigint) from listener where name = ?")
                .param(listener)
                .query(Long.class)
                .single();
    }

    private static ListenerSpec hold(String name) {
        return ListenerSpec.of(
                name,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Behaviour.Hold());
    }

    @Test
    void requestThatIsNotToBeForwardedIsRefusedWhole() {
        Answer refused = pair.one.delete("/definitions/parted", "Sonde-No-Forward", "1");
        assertThat(refused.status()).isEqualTo(421);
        assertThat(pair.one.get("/listeners/p-one").status()).isEqualTo(200);
    }

    @Test
    void listenerWhoseReplicaNeverReturnsEndsWithItsSet() {
        pair.first
                .getBean(JdbcClient.class)
                .sql(
                        "insert into listener (name, definition, since, paused, replica, checksum)"
                                + " select 'p-lost', definition, since, paused, 'five', checksum"
                                + " from listener where name = 'p-two'")
                .update();
        assertThat(pair.one.delete("/definitions/parted").status()).isEqualTo(204);
        assertThat(pair.one.get("/listeners/p-lost").status()).isEqualTo(404);
    }

    private static String document(String listeners) {
        return "{\"listeners\": {" + listeners + "}}";
    }

    private static String listener(String name, String behaviour) {
        return "\"%s\": {\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"%s\"}}"
                .formatted(name, behaviour);
    }
}
