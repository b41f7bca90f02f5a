package dev.sonde.cluster;

import dev.sonde.cluster.member.MemberMessage;
import dev.sonde.result.EventLog;
import dev.sonde.schedule.ReplicaChanges;
import java.util.UUID;

/// The dispatch of a message from another replica to its receivers. Safe for any thread.
final class MessageReceiver {

    private final Cluster cluster;
    private final ReplicaChanges mirror;
    private final EventLog events;

    MessageReceiver(Cluster cluster, ReplicaChanges mirror, EventLog events) {
        this.cluster = cluster;
        this.mirror = mirror;
        this.events = events;
    }

    void receive(UUID from, MemberMessage message) {
        switch (message) {
            case MemberMessage.Beat beat -> cluster.onBeat(from, beat);
            case MemberMessage.Leaving leaving -> cluster.onLeaving(from, leaving);
            case MemberMessage.Events batch -> batch.events().forEach(this::tell);
        }
    }

    private void tell(MemberMessage.Event event) {
        switch (event) {
            case MemberMessage.Event.Ran ran -> events.accept(ran.result());
            case MemberMessage.Event.Turned turned -> mirror.follow(turned.result());
            case MemberMessage.Event.Changed changed -> {
                mirror.follow(changed.transition());
                events.accept(changed.transition());
            }
        }
    }
}
