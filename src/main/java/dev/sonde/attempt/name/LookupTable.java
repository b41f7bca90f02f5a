package dev.sonde.attempt.name;

import dev.sonde.attempt.admission.Share;
import dev.sonde.eventloop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The look-ups that run, each with all its callers. Confined to the loop.
final class LookupTable {

    private final EventLoop loop;
    private final DnsResolver.Limits limits;
    private final Supplier<ResolverFile> config;
    private final NameTable known;
    private final DnsClient client;
    private final Map<AnswerCache.Key, Shared> running = new HashMap<>();

    /// @param known keeps the answers
    LookupTable(
            EventLoop loop,
            DnsResolver.Limits limits,
            Supplier<ResolverFile> config,
            NameTable known) {
        this.loop = loop;
        this.limits = limits;
        this.config = config;
        this.known = known;
        this.client = new DnsClient(loop);
    }

    /// One look-up and all its callers.
    private final class Shared {

        private final AnswerCache.Key key;
        private final List<Consumer<NameVerdict>> callers = new ArrayList<>();
        private final DnsLookup lookup;

        Shared(AnswerCache.Key key, NameQuestion question) {
            this.key = key;
            this.lookup =
                    new DnsLookup(
                            client,
                            config.get(),
                            question,
                            nowNanos() + limits.timeoutNanos(),
                            this::done);
        }

        private void done(NameVerdict verdict) {
            running.remove(key, this);
            known.keep(key, verdict, nowNanos());
            List.copyOf(callers).forEach(caller -> caller.accept(verdict));
        }

        private void leave(Consumer<NameVerdict> caller) {
            callers.remove(caller);
            if (callers.isEmpty() && running.remove(key, this)) {
                lookup.cancel();
            }
        }
    }

    /// Joins the look-up of a name, or begins one. The answer may come within this call.
    ///
    /// @param whenDone of this caller only
    /// @return to be run when the caller goes away; null where no other name may be looked up
    @Nullable Runnable join(NameQuestion question, Consumer<NameVerdict> whenDone) {
        AnswerCache.Key key = NameTable.key(question);
        Shared there = running.get(key);
        if (there != null) {
            there.callers.add(whenDone);
            return () -> there.leave(whenDone);
        }
        if (isFull(question.share())) {
            return null;
        }
        Shared begun = new Shared(key, question);
        begun.callers.add(whenDone);
        running.put(key, begun);
        begun.lookup.begin();
        return () -> begun.leave(whenDone);
    }

    private boolean isFull(Share share) {
        int most =
                share.equals(Share.RESERVED)
                        ? limits.names()
                        : limits.names() * (100 - limits.reservedPercent()) / 100;
        return running.size() >= most;
    }

    private long nowNanos() {
        return loop.ticker().read();
    }
}
