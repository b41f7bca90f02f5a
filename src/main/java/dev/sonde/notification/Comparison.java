package dev.sonde.notification;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.Episode;
import dev.sonde.notification.message.EpisodeKind;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.message.Told.Stage;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.notification.receiver.Receiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares stored episodes with what one receiver was sent of them. Nothing is remembered between
/// two comparisons, so a restart changes nothing.
final class Comparison {

    private final Receiver receiver;
    private final Picture picture;
    private final Map<String, Told> told = new HashMap<>();
    private final Set<String> adopted = new HashSet<>();
    private final List<Difference> found = new ArrayList<>();

    /// The facts of one moment.
    ///
    /// @param episodes that this process answers for
    /// @param waiting ids of messages that were not delivered yet
    record Picture(
            List<Episode> episodes, Set<String> waiting, ProbeFacts.Finder probes, Instant now) {}

    private Comparison(Receiver receiver, Picture picture, List<Told> told) {
        this.receiver = receiver;
        this.picture = picture;
        told.forEach(each -> this.told.put(each.subject(), each));
    }

    /// @param since when the receiver was first seen: what ended before is none of its business
    /// @param told what it was sent
    static List<Difference> of(Receiver receiver, Instant since, Picture picture, List<Told> told) {
        Comparison comparison = new Comparison(receiver, picture, told);
        comparison.run(since);
        return comparison.found;
    }

    private void run(Instant since) {
        Set<String> present = new HashSet<>();
        for (Episode episode : picture.episodes()) {
            present.add(episode.id());
            Told before = told.get(episode.id());
            if (before != null && before.stage() != Stage.CLOSED) {
                goOn(before, episode);
            }
        }
        for (Episode episode : picture.episodes()) {
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
        ProbeFacts facts = picture.probes().find(episode.probe());
        if (facts == null || !receiver.probes().matches(facts.labels())) {
            return;
        }
        Instant to = episode.to();
        boolean isOld = to != null && (to.isBefore(since) || episode.inMaintenance());
        boolean isShort = episode.took(picture.now()).compareTo(receiver.delay()) < 0;
        Entry entry = entry(episode, facts);
        if (isOld || isShort) {
            return;
        }
        if (isSilenced(episode.probe(), facts)) {
            if (to != null) {
                found.add(Difference.silent(null, episode.kind(), entry, Stage.CLOSED));
            }
        } else if (to != null) {
            both(episode, entry);
        } else if (receiver.wants(episode.kind().label())) {
            boolean isKnown = episode.afterDown() && !episode.from().isBefore(since);
            MessageEvent event = isKnown && hearsOfDown() ? null : opening(episode.kind());
            found.add(new Difference(null, episode.kind(), entry, event, Stage.OPEN));
        }
    }

    /// The end of an incident said that the probe is degraded.
    private boolean hearsOfDown() {
        return receiver.wants("down") || receiver.wants("up");
    }

    /// An episode that began and ended since the latest comparison: its end says all.
    private void both(Episode episode, Entry entry) {
        if (isReplaced(episode)) {
            return;
        }
        if (wantsEnd(episode.endedBy())) {
            found.add(
                    new Difference(
                            null,
                            episode.kind(),
                            ended(entry, episode, 1),
                            closing(episode.kind()),
                            Stage.CLOSED));
        } else if (receiver.wants(episode.kind().label())) {
            Entry brief =
                    entry.ended(entry.id(), entry.state(), episode.to(), episode.endedBy(), 1);
            found.add(
                    new Difference(
                            null, episode.kind(), brief, opening(episode.kind()), Stage.CLOSED));
        }
    }

    private void goOn(Told before, Episode episode) {
        ProbeFacts facts = picture.probes().find(episode.probe());
        boolean isSilenced = facts != null && isSilenced(episode.probe(), facts);
        if (episode.to() == null) {
            if (!isSilenced && isReminderDue(before)) {
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
            end(before, ended(before.entry(), episode, next(before)), isReplaced(episode));
        }
    }

    /// It ended in maintenance, and so did the good time after it: the receiver knows the state.
    private void adopt(Told before, ProbeFacts facts) {
        for (Episode next : picture.episodes()) {
            if (next.to() == null
                    && next.kind() == before.kind()
                    && next.probe().equals(before.entry().probe())
                    && !told.containsKey(next.id())) {
                adopted.add(next.id());
                found.add(Difference.silent(before, before.kind(), before.entry(), Stage.CLOSED));
                Entry entry = entry(next, facts).again(before.entry().number());
                found.add(Difference.silent(null, next.kind(), entry, Stage.OPEN));
            }
        }
    }

    /// The stored episode is gone: its probe was deleted, or a maintenance took it out.
    private void vanish(Told before) {
        Entry entry = before.entry();
        ProbeFacts facts = picture.probes().find(entry.probe());
        if (facts != null
                && (isSilenced(entry.probe(), facts)
                        || facts.state().equals(before.kind().label()))) {
            return;
        }
        String by = facts == null ? "deleted" : facts.state().replace("pending", "deleted");
        Entry ended = entry.ended(entry.subject(), endState(by), picture.now(), by, next(before));
        end(before, ended, by.equals("down"));
    }

    private void end(Told before, Entry ended, boolean isReplaced) {
        boolean isWanted = !isReplaced && wantsEnd(ended.endedBy());
        found.add(
                new Difference(
                        before,
                        before.kind(),
                        ended,
                        isWanted ? closing(before.kind()) : null,
                        Stage.CLOSED));
    }

    private boolean isReminderDue(Told before) {
        Duration reminder = receiver.reminder();
        return reminder != null
                && !(receiver.channel() instanceof Channel.Alertmanager)
                && !isUndelivered(before)
                && Duration.between(before.at(), picture.now()).compareTo(reminder) >= 0;
    }

    private boolean isUndelivered(Told before) {
        return before.delivery() != null && picture.waiting().contains(before.delivery());
    }

    /// A message that replaces an undelivered one has its number.
    private int next(Told before) {
        return before.entry().number() + (isUndelivered(before) ? 0 : 1);
    }

    private boolean isSilenced(String probe, ProbeFacts facts) {
        return picture.probes().isUnderMaintenance(probe, facts.labels());
    }

    private boolean wantsEnd(@Nullable String by) {
        return receiver.wants("up") || ("degraded".equals(by) && receiver.wants("degraded"));
    }

    /// A degraded probe that goes down has an incident, which says more.
    private static boolean isReplaced(Episode episode) {
        return episode.kind() == EpisodeKind.DEGRADED && "down".equals(episode.endedBy());
    }

    private static MessageEvent opening(EpisodeKind kind) {
        return switch (kind) {
            case DOWN -> MessageEvent.OPENED;
            case DEGRADED -> MessageEvent.DEGRADED;
        };
    }

    private static MessageEvent closing(EpisodeKind kind) {
        return switch (kind) {
            case DOWN -> MessageEvent.CLOSED;
            case DEGRADED -> MessageEvent.RECOVERED;
        };
    }

    private static String endState(@Nullable String by) {
        return "degraded".equals(by) ? "degraded" : "up";
    }

    private static Entry ended(Entry entry, Episode episode, int number) {
        String by = episode.endedBy();
        String id = episode.endId() == null ? entry.subject() : episode.endId();
        return entry.ended(id, endState(by), episode.to(), by, number);
    }

    private static Entry entry(Episode episode, ProbeFacts facts) {
        return new Entry(
                episode.id(),
                episode.id(),
                episode.probe(),
                facts.target(),
                episode.kind().label(),
                episode.from(),
                null,
                null,
                episode.phase(),
                episode.reason(),
                episode.detail(),
                facts.labels(),
                1);
    }
}
