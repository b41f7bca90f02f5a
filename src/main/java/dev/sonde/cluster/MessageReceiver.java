package dev.sonde.cluster;

import dev.sonde.cluster.member.MemberMessage;
import dev.sonde.cluster.member.Peer;
import dev.sonde.result.EventLog;
import dev.sonde.schedule.ReplicaChanges;
import java.util.UUID;

/// The dispatch of a message from another replica to its receivers. Safe for any thread.
final class MessageReceiver {

    private final Peers peers;
    private final ReplicaChanges mirror;
    private final EventLog events;

    MessageReceiver(Peers peers, ReplicaChanges mirror, EventLog events) {
        this.peers = peers;
        this.mirror = mirror;
        this.events = events;
    }

    void receive(UUID from, MemberMessage message) {
        switch (message) {
            case MemberMessage.Beat(Peer peer) -> peers.heard(from, peer, false);
            case MemberMessage.Leaving(Peer peer) -> peers.heard(from, peer, true);
            case MemberMessage.Events batch -> batch.events().forEach(this::tell);
        }
    }

    private void tell(MemberMessage.Event event) {
        switch (event) {
            case MemberMessage.Event.Ran ran -> {
                mirror.follow(ran.result());
                events.accept(ran.result());
            }
            case MemberMessage.Event.Changed changed -> {
                mirror.follow(changed.transition());
                events.accept(changed.transition());
            }
        }
    }
}
