package dev.sonde.listen;

import dev.sonde.lane.Lane;
import dev.sonde.listen.proxy.FaultPlan;
import dev.sonde.listen.proxy.Pair;
import dev.sonde.listen.proxy.PairObserver;
import dev.sonde.listen.proxy.PairTerms;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.probe.spec.CloseMode;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An accepted connection that is joined to one to an upstream: its counts, its limits of time, and
/// its place in the listener's book. Confined to its loop's thread.
final class ProxiedConnection implements OpenConnection, PairObserver {

    private final ListenerConnections book;
    private final Lane lane;
    private final ConnectionTerms terms;
    private final ConnectionLog history;
    private final Pair pair;
    private final int number;
    private @Nullable TimeLimits timeLimits;

    ProxiedConnection(
            ListenerConnections book,
            Lane lane,
            SocketChannel channel,
            ConnectionTerms terms,
            ConnectionLog history,
            ProxyTerms proxy) {
        this.book = book;
        this.lane = lane;
        this.terms = terms;
        this.history = history;
        this.number = proxy.number();
        PairTerms joined =
                new PairTerms(
                        book.name(),
                        proxy.proxy(),
                        proxy.plan(),
                        terms.tls(),
                        terms.limits().bytes(),
                        history,
                        this);
        this.pair = new Pair(book.engine(), lane, channel, joined);
    }

    /// The proxy of the listener.
    ///
    /// @param number of the plan among those of the listener
    record ProxyTerms(Behaviour.Proxy proxy, int number, FaultPlan plan) {}

    @Override
    public void run() {
        timeLimits = TimeLimits.start(terms.limits(), lane, history, pair::endByLimit);
        pair.start();
    }

    @Override
    public void onLoopClosed() {
        onListenerClosed();
    }

    @Override
    public ConnectionLog log() {
        return history;
    }

    @Override
    public boolean isOn(Lane other) {
        return lane.equals(other);
    }

    @Override
    public boolean belongsTo(ConnectionOwner listener, Lane to) {
        return terms.owner().equals(listener) && isOn(to);
    }

    @Override
    public void onListenerClosed() {
        pair.onListenerClosed();
    }

    @Override
    public void endByRequest(CloseMode mode) {
        pair.endByRequest(mode);
    }

    /// Switches to other faults, if its proxy still belongs to the listener.
    void apply(List<FaultPlan> plans) {
        if (number < plans.size()) {
            pair.apply(plans.get(number));
        }
    }

    @Override
    public void received(int bytes) {
        book.received(bytes);
    }

    @Override
    public void sent(int bytes) {
        book.sent(bytes);
    }

    @Override
    public void receivedFromUpstream(int bytes) {
        book.receivedFromUpstream(bytes);
    }

    @Override
    public void sentToUpstream(int bytes) {
        book.sentToUpstream(bytes);
    }

    @Override
    public void refusesNewcomers() {
        terms.owner().refuseNewcomers();
    }

    @Override
    public void ended(ConnectionEnd how) {
        if (timeLimits != null) {
            timeLimits.cancel();
        }
        book.ended(this, how, terms.remembered());
    }
}
