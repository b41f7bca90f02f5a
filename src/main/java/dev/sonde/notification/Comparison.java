package dev.sonde.notification;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.Episode;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.message.Told.Stage;
import dev.sonde.notification.receiver.Receiver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares stored episodes with what one receiver was sent of them. Nothing is remembered between
/// two comparisons, so a restart changes nothing.
final class Comparison {

    private final Receiver receiver;
    private final ScanFacts all;
    private final Map<String, Told> told = new HashMap<>();
    private final Set<String> adopted = new HashSet<>();
    private final List<Difference> found = new ArrayList<>();

    private Comparison(Receiver receiver, ScanFacts facts, List<Told> told) {
        this.receiver = receiver;
        this.all = facts;
        told.forEach(each -> this.told.put(each.subject(), each));
    }

    /// @param since when the receiver was first seen: what ended before is none of its business
    /// @param told what it was sent
    static List<Difference> of(Receiver receiver, Instant since, ScanFacts facts, List<Told> told) {
        Comparison comparison = new Comparison(receiver, facts, told);
        comparison.run(since);
        return comparison.found;
    }

    private void run(Instant since) {
        Set<String> present = new HashSet<>();
        for (Episode episode : all.episodes()) {
            present.add(episode.id());
            Told before = told.get(episode.id());
            if (before != null && before.stage() != Stage.CLOSED) {
                goOn(before, episode);
            }
        }
        for (Episode episode : all.episodes()) {
            if (!told.containsKey(episode.id()) && !adopted.contains(episode.id())) {
                begin(episode, since);
            }
        }
        for (Told before : told.values()) {
            if (before.stage() != Stage.CLOSED && !present.contains(before.subject())) {
                vanish(before);
            }
        }
    }

    private void begin(Episode episode, Instant since) {
        ProbeFacts facts = all.probes().find(episode.probe());
        if (facts == null || !receiver.probes().matches(facts.labels())) {
            return;
        }
        Instant to = episode.to();
        boolean isOld = to != null && (to.isBefore(since) || episode.inMaintenance());
        boolean isShort = episode.took(all.now()).compareTo(receiver.delay()) < 0;
        Entry entry = Entry.of(episode, facts.target(), facts.labels());
        if (isOld || isShort) {
            return;
        }
        if (all.isSilenced(episode.probe(), facts)) {
            if (to != null) {
                found.add(Difference.silent(null, episode.kind(), entry, Stage.CLOSED));
            }
        } else if (to != null) {
            both(episode, entry);
        } else if (receiver.wants(episode.kind().label())) {
            boolean isKnown = episode.afterDown() && !episode.from().isBefore(since);
            MessageEvent event =
                    isKnown && receiver.hearsOfDown() ? null : episode.kind().opening();
            found.add(new Difference(null, episode.kind(), entry, event, Stage.OPEN));
        }
    }

    /// An episode that began and ended since the latest comparison: its end says all.
    private void both(Episode episode, Entry entry) {
        if (episode.isReplaced()) {
            return;
        }
        if (receiver.wantsEnd(episode.endedBy())) {
            found.add(
                    new Difference(
                            null,
                            episode.kind(),
                            entry.ended(episode, 1),
                            episode.kind().closing(),
                            Stage.CLOSED));
        } else if (receiver.wants(episode.kind().label())) {
            Entry brief =
                    entry.ended(entry.id(), entry.state(), episode.to(), episode.endedBy(), 1);
            found.add(
                    new Difference(
                            null, episode.kind(), brief, episode.kind().opening(), Stage.CLOSED));
        }
    }

    private void goOn(Told before, Episode episode) {
        ProbeFacts facts = all.probes().find(episode.probe());
        boolean isSilenced = facts != null && all.isSilenced(episode.probe(), facts);
        if (episode.to() == null) {
            if (!isSilenced && all.isReminderDue(receiver, before)) {
                Entry again = before.entry().again(before.entry().number() + 1);
                found.add(
                        new Difference(
                                before, before.kind(), again, MessageEvent.REMINDED, Stage.OPEN));
            }
        } else if (isSilenced) {
            if (before.stage() == Stage.OPEN) {
                found.add(Difference.silent(before, before.kind(), before.entry(), Stage.HELD));
            }
        } else if (before.stage() == Stage.HELD
                && facts != null
                && facts.state().equals(before.kind().label())) {
            adopt(before, facts);
        } else {
            end(before, before.entry().ended(episode, all.number(before)), episode.isReplaced());
        }
    }

    /// It ended in maintenance, and so did the good time after it: the receiver knows the state.
    private void adopt(Told before, ProbeFacts facts) {
        for (Episode next : all.episodes()) {
            if (next.to() == null
                    && next.kind() == before.kind()
                    && next.probe().equals(before.entry().probe())
                    && !told.containsKey(next.id())) {
                adopted.add(next.id());
                found.add(Difference.silent(before, before.kind(), before.entry(), Stage.CLOSED));
                Entry entry =
                        Entry.of(next, facts.target(), facts.labels())
                                .again(before.entry().number());
                found.add(Difference.silent(null, next.kind(), entry, Stage.OPEN));
            }
        }
    }

    /// The stored episode is gone: its probe was deleted, or a maintenance took it out.
    private void vanish(Told before) {
        Entry entry = before.entry();
        ProbeFacts facts = all.probes().find(entry.probe());
        if (facts != null
                && (all.isSilenced(entry.probe(), facts)
                        || facts.state().equals(before.kind().label()))) {
            return;
        }
        String by = facts == null ? "deleted" : facts.state().replace("pending", "deleted");
        Entry ended =
                entry.ended(
                        entry.subject(), Entry.stateAfter(by), all.now(), by, all.number(before));
        end(before, ended, by.equals("down"));
    }

    private void end(Told before, Entry ended, boolean isReplaced) {
        boolean isWanted = !isReplaced && receiver.wantsEnd(ended.endedBy());
        found.add(
                new Difference(
                        before,
                        before.kind(),
                        ended,
                        isWanted ? before.kind().closing() : null,
                        Stage.CLOSED));
    }
}
