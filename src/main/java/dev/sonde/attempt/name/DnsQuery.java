package dev.sonde.attempt.name;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.eventloop.Ticker;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/// The question for the addresses of one family of one name. The servers are asked one after the
/// other until one answers. Single use; ends in [#finish]. Confined to its loop's thread.
final class DnsQuery implements DeadlineHandler {

    private static final long SHORTEST_TRY_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private final DnsClient client;
    private final ServerRotation servers;
    private final DnsQuestion question;
    private final long untilNanos;
    private final long tryNanos;
    private final Consumer<DnsReply> whenDone;
    private long askedNanos;
    private boolean isDone;
    private @Nullable DnsSocket socket;
    private int id;
    private @Nullable Deadline deadline;

    /// The answer of a server that failed.
    private @Nullable DnsReply problem;

    /// @param untilNanos when nobody waits any more
    DnsQuery(
            DnsClient client,
            ResolverFile config,
            Record question,
            long untilNanos,
            Consumer<DnsReply> whenDone) {
        this.client = client;
        this.servers = new ServerRotation(config);
        this.question = new DnsQuestion(question);
        this.untilNanos = untilNanos;
        this.whenDone = whenDone;
        long leftNanos = untilNanos - nowNanos();
        long shareNanos = leftNanos / servers.tries();
        this.tryNanos =
                Math.min(Math.max(shareNanos, SHORTEST_TRY_NANOS), config.timeout().toNanos());
    }

    /// @param type `A` or `AAAA`, as [org.xbill.DNS.Type] numbers them
    static Record question(Name name, int type) {
        return Record.newRecord(name, type, DClass.IN);
    }

    void begin() {
        while (!isDone) {
            if (servers.isUsedUp() || nowNanos() - untilNanos >= 0) {
                finish(Objects.requireNonNullElseGet(problem, this::silent));
                return;
            }
            if (ask()) {
                return;
            }
        }
    }

    private boolean ask() {
        try {
            DnsSocket to = client.socketTo(servers.next());
            socket = to;
            askedNanos = nowNanos();
            to.send(question.message(), this);
            deadline =
                    client.loop()
                            .scheduleAt(Ticker.earlier(nowNanos() + tryNanos, untilNanos), this);
            return true;
        } catch (PortUnreachableException e) {
            socket = null;
            problem = refused(DnsSocket.NOBODY_LISTENS);
            return false;
        } catch (IOException e) {
            letGo();
            problem = refused("no route of this host's own leads there, or no socket is free");
            return false;
        }
    }

    void sentAs(int number) {
        id = number;
    }

    /// Whether a message answers this question: anybody may send one.
    boolean isAnsweredBy(Message message) {
        return question.isAnsweredBy(message);
    }

    void onReply(Message message) {
        socket = null;
        stopWaiting();
        if (message.getHeader().getFlag(Flags.TC)) {
            askByTcp();
            return;
        }
        switch (message.getRcode()) {
            case Rcode.NOERROR, Rcode.NXDOMAIN -> finish(read(message));
            case Rcode.FORMERR -> {
                if (question.dropEdns()) {
                    servers.again();
                } else {
                    problem = read(message);
                }
                begin();
            }
            default -> {
                problem = read(message);
                begin();
            }
        }
    }

    private DnsReply read(Message message) {
        return DnsReply.of(
                message, question.name(), servers.latestText(), (nowNanos() - askedNanos) / 1_000);
    }

    private void askByTcp() {
        DnsOverTcp.ask(
                servers.latest(),
                question,
                Math.max(1_000_000, untilNanos - nowNanos()),
                message ->
                        client.loop()
                                .execute(Command.of(() -> onAnswer(message), this::onLoopClosed)));
    }

    /// An answer by TCP, back on the loop.
    private void onAnswer(@Nullable Message message) {
        if (message == null) {
            problem = refused("its answer does not fit into a datagram, and TCP failed");
            begin();
        } else {
            finish(read(message));
        }
    }

    void onRefused(String why) {
        socket = null;
        stopWaiting();
        problem = refused(why);
        begin();
    }

    private DnsReply refused(String why) {
        return new DnsReply.Refused(
                "the name server %s: %s".formatted(servers.latestText(), why),
                servers.latestText());
    }

    private DnsReply silent() {
        return new DnsReply.Silent(servers.askedText());
    }

    @Override
    public void onDeadline(Deadline passed) {
        deadline = null;
        letGo();
        begin();
    }

    /// No caller waits for the answer any more.
    void cancel() {
        isDone = true;
        stopWaiting();
        letGo();
    }

    private void letGo() {
        DnsSocket from = socket;
        socket = null;
        if (from != null) {
            from.forget(id);
        }
    }

    private void stopWaiting() {
        if (deadline != null) {
            client.loop().cancel(deadline);
            deadline = null;
        }
    }

    private long nowNanos() {
        return client.loop().ticker().read();
    }

    @Override
    public void onFailure(Exception cause) {
        finish(refused("an unexpected error of this service"));
    }

    @Override
    public void onLoopClosed() {
        finish(new DnsReply.Refused("the service is shutting down", servers.latestText()));
    }

    private void finish(DnsReply reply) {
        if (!isDone) {
            isDone = true;
            stopWaiting();
            whenDone.accept(reply);
        }
    }
}
