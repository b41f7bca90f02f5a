package dev.sonde.cluster.member;

import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.MergeView;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.stack.Protocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to the other replicas. Views and messages come on JGroups' threads.
public final class MemberChannel implements Receiver, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MemberChannel.class);
    private static final String CLUSTER = "sonde";

    private final JChannel channel;
    private final MemberMessage.Codec codec;
    private final ViewListener views;
    private final BiConsumer<UUID, MemberMessage> messages;

    /// The receiver of views: the members at present.
    @FunctionalInterface
    public interface ViewListener {

        /// Called in the order of the views; must not block.
        void onView(List<UUID> members, boolean isMerge);
    }

    public MemberChannel(
            List<Protocol> protocols,
            UUID self,
            MemberMessage.Codec codec,
            ViewListener views,
            BiConsumer<UUID, MemberMessage> messages)
            throws Exception {
        this.codec = codec;
        this.views = views;
        this.messages = messages;
        this.channel = new JChannel(protocols);
        // Its diagnostics would answer any host, on a port of their own.
        channel.getProtocolStack().getTransport().getDiagnosticsHandler().setEnabled(false);
        channel.addAddressGenerator(
                () ->
                        new org.jgroups.util.UUID(
                                self.getMostSignificantBits(), self.getLeastSignificantBits()));
        channel.setReceiver(this);
        channel.setDiscardOwnMessages(true);
    }

    /// Joins; when this returns a first view has come.
    public void connect(String name) throws Exception {
        channel.setName(name);
        channel.connect(CLUSTER);
    }

    /// Sends something in its order.
    public void send(MemberMessage message) {
        send(new BytesMessage(null, codec.write(message)));
    }

    /// Sends something that overtakes what waits.
    public void sendAtOnce(MemberMessage message) {
        send(
                new BytesMessage(null, codec.write(message))
                        .setFlag(Message.Flag.OOB, Message.Flag.NO_FC));
    }

    /// Sends something to one member, in its order.
    public void sendTo(UUID member, MemberMessage message) {
        send(
                new BytesMessage(
                        new org.jgroups.util.UUID(
                                member.getMostSignificantBits(), member.getLeastSignificantBits()),
                        codec.write(message)));
    }

    private void send(Message message) {
        try {
            channel.send(message);
        } catch (Exception e) {
            // The next view has the members; the content of the message is in the database as well.
            log.atDebug().setCause(e).log("the other replicas cannot be notified");
        }
    }

    @Override
    public void viewAccepted(View view) {
        views.onView(
                view.getMembers().stream().map(MemberChannel::member).toList(),
                view instanceof MergeView);
    }

    @Override
    public void receive(Message message) {
        try {
            messages.accept(
                    member(message.getSrc()),
                    codec.read(message.getArray(), message.getOffset(), message.getLength()));
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("a message of another replica cannot be read");
        }
    }

    private static UUID member(Address address) {
        org.jgroups.util.UUID id = (org.jgroups.util.UUID) address;
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    @Override
    public void close() {
        channel.close();
    }
}
