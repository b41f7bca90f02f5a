package dev.sonde.attempt.name;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks names up by `/etc/hosts` and DNS, as the host's own programs do. One loop of its own
/// serves all look-ups, so a zone that does not answer delays no other. Callers that want the same
/// name at the same time share one look-up. Safe for any thread.
public final class DnsResolver implements NameResolver {

    private static final Logger log = LoggerFactory.getLogger(DnsResolver.class);

    private final EventLoop loop;

    /// Confined to the loop, as is the next one.
    private final NameTable known;

    private final LookupTable lookups;

    /// The limits of look-ups.
    ///
    /// @param names that may be looked up at once
    /// @param reservedPercent share of them that checks do not use
    /// @param timeoutNanos of one look-up
    public record Limits(int names, int reservedPercent, long timeoutNanos) {}

    /// The resolver of this host.
    ///
    /// @param loop started, of its own
    public static DnsResolver ofHost(EventLoop loop, Limits limits) {
        var config = new WatchedFile<>(Path.of("/etc/resolv.conf"), ResolverFile::parse);
        var hosts = new WatchedFile<>(Path.of("/etc/hosts"), HostsFile::parse);
        return new DnsResolver(
                loop,
                limits,
                () -> config.read(loop.ticker().read()),
                () -> hosts.read(loop.ticker().read()));
    }

    DnsResolver(
            EventLoop loop,
            Limits limits,
            Supplier<ResolverFile> config,
            Supplier<HostsFile> hosts) {
        this.loop = loop;
        this.known = new NameTable(hosts);
        this.lookups = new LookupTable(loop, limits, config, known);
    }

    /// A caller that waits for a name. Confined to the loop.
    private final class Waiter implements Command {

        private final NameQuestion question;
        private final Runnable whenStarted;
        private final Consumer<Resolution> whenDone;
        private long startedNanos;
        private boolean hasLeft;
        private @Nullable Runnable leaving;

        Waiter(NameQuestion question, Runnable whenStarted, Consumer<Resolution> whenDone) {
            this.question = question;
            this.whenStarted = whenStarted;
            this.whenDone = whenDone;
        }

        @Override
        public void run() {
            startedNanos = nowNanos();
            if (!hasLeft) {
                whenStarted.run();
                startSafely();
            }
        }

        /// An error of this service says nothing about the name.
        private void startSafely() {
            try {
                start();
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("a look-up failed unexpectedly");
                Outcome ours =
                        new Outcome.NotProbed(
                                NotProbedReason.LOCAL_ERROR,
                                Phase.RESOLVE,
                                "the look-up ended in an unexpected error of this service; its log"
                                        + " has the cause");
                whenDone.accept(new Resolution.Unresolved(ours, 0));
            }
        }

        private void start() {
            NameVerdict verdict = known.find(question, startedNanos);
            if (verdict != null) {
                tell(verdict);
                return;
            }
            leaving = lookups.join(question, this::tell);
            if (leaving == null) {
                whenDone.accept(new Resolution.Unresolved(NameResolver.busy(), 0));
            }
        }

        private void tell(NameVerdict verdict) {
            long tookNanos = nowNanos() - startedNanos;
            if (verdict.isFound()) {
                whenDone.accept(
                        new Resolution.Found(verdict.addresses(), tookNanos, verdict.evidence()));
            } else if (loop.isClosing()) {
                onLoopClosed(); // what the queries say then is of no name's making
            } else {
                whenDone.accept(
                        new Resolution.Unresolved(
                                verdict.outcome(), tookNanos, verdict.evidence()));
            }
        }

        void leave() {
            hasLeft = true;
            if (leaving != null) {
                leaving.run();
            }
        }

        @Override
        public void onLoopClosed() {
            Outcome cancelled =
                    new Outcome.NotProbed(
                            NotProbedReason.CANCELLED,
                            Phase.RESOLVE,
                            "the service is shutting down");
            whenDone.accept(new Resolution.Unresolved(cancelled, 0));
        }
    }

    @Override
    public Waiting resolve(
            NameQuestion question, Runnable whenStarted, Consumer<Resolution> whenDone) {
        if (NameResolver.isInvalid(question.host())) {
            Outcome never =
                    new Outcome.Failed(
                            FailureReason.NAME_NOT_FOUND,
                            Phase.RESOLVE,
                            "a name under .invalid never exists (RFC 6761)");
            whenDone.accept(new Resolution.Unresolved(never, 0));
            return () -> {};
        }
        Waiter waiter = new Waiter(question, whenStarted, whenDone);
        loop.execute(waiter);
        return () -> loop.execute(Command.of(waiter::leave));
    }

    private long nowNanos() {
        return loop.ticker().read();
    }

    @Override
    public void close() {
        loop.close();
    }
}
