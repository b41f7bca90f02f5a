package dev.sonde.attempt.connect;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.kernel.Errno;
import dev.sonde.kernel.OwnRoute;
import dev.sonde.kernel.QueuedError;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.lane.Lane;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Handshake;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.SourceAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// One socket and its non-blocking connect: the questions to the kernel and its answers.
///
/// The kernel's own account comes first: `TCP_INFO`, then the error queue, then SO_ERROR.
/// `finishConnect` is called only on a socket that is known to be connected. On failure it closes
/// the channel. After SO_ERROR was read it can answer `true`. Without kernel evidence,
/// `finishConnect` and its exceptions decide.
///
/// Confined to its loop's thread.
public final class Connect {

    /// The progress of the connect so far.
    public sealed interface Progress {
        /// The kernel still waits for an answer to the SYN.
        record Pending() implements Progress {}

        /// The handshake has ended.
        record Connected() implements Progress {}

        record Ended(Outcome outcome) implements Progress {}
    }

    private static final Progress PENDING = new Progress.Pending();
    private static final Progress CONNECTED = new Progress.Connected();

    private final Lane lane;
    private final ConnectErrors errors;
    private final SocketChannel channel;
    private final InetSocketAddress remote;
    private final ProbeSettings settings;
    private final Timeline timeline;
    private long answeredNanos;
    private boolean answered;
    private int lagMicros;
    private @Nullable SelectionKey key;

    /// Absent for a handshake that was over at once and is all that was asked for.
    private @Nullable KernelAccount account;

    /// Evidence of such a handshake.
    private @Nullable Evidence atOnce;

    private @Nullable InetSocketAddress local;
    private List<Asked> asked = List.of();

    /// Opens the socket; the clock of the phase starts here.
    ///
    /// @throws IOException when the process has no descriptor left
    public Connect(
            Lane lane, ConnectErrors errors, InetSocketAddress remote, ProbeSettings settings)
            throws IOException {
        this.lane = lane;
        this.errors = errors;
        this.remote = remote;
        this.settings = settings;
        this.channel = SocketChannel.open();
        this.timeline = new Timeline(lane.loop().ticker());
    }

    public long startedNanos() {
        return timeline.startedNanos();
    }

    /// Sends the SYN and immediately asks once for the state. On loopback and within a rack the
    /// handshake has ended by then. Its time is taken before anything else is started.
    public Progress start() {
        SourceAddress source = settings.sourceAddress();
        SourceRefusal refused = source == null ? null : SourceRefusal.bind(channel, source, errors);
        if (refused != null) {
            account().fail(refused.errno());
            return new Progress.Ended(refused.outcome());
        }
        try {
            channel.configureBlocking(false);
            if (settings.handshake() == Handshake.HALF_OPEN) {
                channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, false);
            }
            lane.kernel().queueErrors(channel, remote.getAddress(), true);
            timeline.noteStart(Kind.CONNECT_CALLED);
            return channel.connect(remote) ? connected() : ask(Occasion.STARTED);
        } catch (IOException | RuntimeException e) {
            Errno known = errors.errnoOf(e, timeline.nowNanos() - startedNanos());
            return failed(known, ConnectErrors.ofStart(known, remote));
        }
    }

    public void register(ChannelHandler handler) throws IOException {
        key = lane.loop().register(channel, SelectionKey.OP_CONNECT, handler);
    }

    /// How long it took until the kernel had an answer, or until now where it has none.
    public long tookNanos() {
        return (answered ? answeredNanos : timeline.nowNanos()) - startedNanos();
    }

    /// Asks for the state of the connect without harm to one that is pending.
    public Progress ask(Occasion occasion) {
        TcpInfo now = lane.kernel().connectGlance(channel);
        if (now == null) {
            return askTheJdk();
        }
        if (now.isConnected()) {
            boolean isAll = isAll(now);
            if (!isAll) {
                account().keep(now.kept(), timeline);
            }
            noteReady();
            return isAll ? connectedAtOnce(now) : connected();
        }
        account().keep(now.kept(), timeline);
        TcpState state = now.state();
        if (state == TcpState.SYN_SENT && occasion == Occasion.STARTED) {
            return PENDING; // an error that waits already makes the channel ready
        }
        Progress verdict = askForErrors();
        if (verdict != null) {
            return verdict;
        }
        return state == TcpState.CLOSE && occasion == Occasion.READY ? askTheJdk() : PENDING;
    }

    /// Whether the handshake was over at once, without a repetition, and is all that was asked for.
    private boolean isAll(TcpInfo now) {
        return key == null && settings.steps().isEmpty() && now.totalRetrans() == 0;
    }

    /// The channel is closed next, so it need not learn that it is connected. This saves its own
    /// questions to the kernel.
    private Progress connectedAtOnce(TcpInfo now) {
        local = lane.kernel().localAddress(channel);
        if (local == null) {
            account().keep(now.kept(), timeline);
            return connected();
        }
        atOnce = EvidenceReader.of(now, null, null);
        return noteFinished();
    }

    /// Nanoseconds until the next look at a pending connect; 0 where the kernel cannot be asked.
    public long lookAgainNanos() {
        return account().lookAgainNanos();
    }

    /// The outcome of a connect that is still pending at its timeout.
    public Outcome unanswered() {
        long drops = lane.kernel().drops(channel).orElse(0);
        return account().unanswered(settings.timeout(), timeline, drops);
    }

    /// The outcome of a connect that is all there was to do.
    public Outcome success() {
        return account == null ? Outcome.Succeeded.connected() : account.success();
    }

    /// The remark on a SYN that had to be repeated, after the steps on the connection; null where
    /// none was.
    public @Nullable String loss() {
        return account().loss(() -> lane.kernel().tcpInfo(channel));
    }

    public void close() {
        if (local != null && (account == null || account.errno() == null)) {
            boolean rst = settings.close() == CloseMode.RST;
            timeline.noteLast(rst ? Kind.CLOSE_RST : Kind.CLOSE_FIN);
            if (rst) {
                lane.resetOnClose(channel);
            }
        }
        lane.loop().close(channel);
    }

    public @Nullable InetSocketAddress local() {
        return local;
    }

    public Evidence evidence() {
        return (atOnce == null ? account().evidence() : atOnce).withAsked(asked);
    }

    /// Adds the state of this host's own side to an outcome that leaves it open.
    ///
    /// @param isDue whether the question may be asked now; not called where nothing is open
    public Outcome withOwnSide(Outcome outcome, BooleanSupplier isDue) {
        boolean isOpen = OwnSide.isOpen(outcome, account(), this::ownAddress);
        OwnRoute route =
                isOpen && isDue.getAsBoolean() ? lane.kernel().ownRoute(remote.getAddress()) : null;
        if (route == null) {
            return outcome;
        }
        asked(new Asked(Question.OWN_SIDE, OwnSide.words(route)));
        return OwnSide.with(OwnSide.words(route), outcome);
    }

    /// Notes a question beyond the probe.
    public void asked(Asked question) {
        asked = Stream.concat(asked.stream(), Stream.of(question)).toList();
    }

    public Timeline timeline() {
        return timeline;
    }

    /// Prepares the socket for the steps after the connect. ICMP errors would end a connection that
    /// is kept, so they are no longer queued.
    public void keep() {
        lane.kernel().queueErrors(channel, remote.getAddress(), false);
    }

    public Lane lane() {
        return lane;
    }

    public SocketChannel socket() {
        return channel;
    }

    /// The socket's registration with the loop; absent where the handshake was over at once.
    public @Nullable SelectionKey key() {
        return key;
    }

    private @Nullable Progress askForErrors() {
        QueuedError entry = lane.kernel().pollError(channel);
        if (entry != null) {
            account().keep(entry);
            return failed(entry.errno(), IcmpCause.of(entry, remote.getAddress(), ownAddress()));
        }
        Errno pending = lane.kernel().takeError(channel);
        if (pending == null || pending == Errno.NO_ERROR) {
            return null;
        }
        if (pending.isReset()) {
            // A connection it was, and one of the own listeners may have seen it.
            local = lane.kernel().localAddress(channel);
        }
        boolean isRst = pending == Errno.ECONNREFUSED && account().sawRst(pending);
        return failed(pending, isRst ? ConnectErrors.ofRst() : ConnectErrors.ofConnect(pending));
    }

    private KernelAccount account() {
        if (account == null) {
            account = new KernelAccount();
        }
        return account;
    }

    private @Nullable InetAddress ownAddress() {
        InetSocketAddress own = lane.kernel().localAddress(channel);
        return own == null ? null : own.getAddress();
    }

    private Progress askTheJdk() {
        try {
            if (!channel.finishConnect()) {
                return PENDING;
            }
            noteReady();
            return connected();
        } catch (IOException | RuntimeException e) {
            return failed(e);
        }
    }

    /// The address is read after `finishConnect`, which makes the channel know it.
    private Progress connected() {
        try {
            if (!channel.finishConnect()) {
                return PENDING;
            }
            local = (InetSocketAddress) channel.getLocalAddress();
            return noteFinished();
        } catch (IOException | RuntimeException e) {
            return failed(e);
        }
    }

    private Progress noteFinished() {
        timeline.note(Kind.CONNECT_FINISHED);
        if (settings.handshake() == Handshake.HALF_OPEN) {
            timeline.note(Kind.ACK_WITHHELD);
        }
        return remote.equals(local) ? new Progress.Ended(ConnectErrors.ofSelf()) : CONNECTED;
    }

    private Progress failed(Exception thrown) {
        Errno known = errors.errnoOf(thrown, timeline.nowNanos() - startedNanos());
        return failed(known, ConnectErrors.ofConnect(known));
    }

    private Progress failed(Errno cause, Outcome outcome) {
        account().fail(cause);
        noteAnswer();
        timeline.error(answeredNanos, lagMicros, cause.name());
        return new Progress.Ended(outcome);
    }

    private void noteReady() {
        noteAnswer();
        timeline.ready(Kind.CONNECT_READY, answeredNanos, lagMicros);
    }

    /// An answer that was asked for right after the connect has not waited for the loop.
    private void noteAnswer() {
        answeredNanos = timeline.nowNanos();
        answered = true;
        long lagNanos = key == null ? 0 : lane.loop().lagNanos(answeredNanos);
        lagMicros = (int) Math.min(lagNanos / 1_000, Integer.MAX_VALUE);
    }
}
