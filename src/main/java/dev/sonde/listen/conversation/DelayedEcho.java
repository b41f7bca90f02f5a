package dev.sonde.listen.conversation;

import dev.sonde.dialogue.Delay;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Sends input back after a delay. Nothing is read until the last piece was sent. The kept bytes
/// are therefore bounded, and pieces stay in order. Confined to the connection's loop.
final class DelayedEcho implements Conversation {

    private final Delay delay;
    private ByteBuffer waiting = ByteBuffer.allocate(0);
    private boolean isBusy;
    private boolean peerClosed;

    DelayedEcho(Delay delay) {
        this.delay = delay;
    }

    @Override
    public void onInput(Wire wire, ByteBuffer data) {
        waiting = ByteBuffer.allocate(data.remaining()).put(data).flip();
        isBusy = true;
        wire.pauseInput();
        wire.wakeAfter(delay.drawn());
    }

    @Override
    public void onTimer(Wire wire) throws IOException {
        if (wire.send(waiting)) {
            onSent(wire);
        }
    }

    @Override
    public void onSent(Wire wire) throws IOException {
        isBusy = false;
        if (peerClosed) {
            wire.finish(CloseMode.FIN);
        } else {
            wire.resumeInput();
        }
    }

    @Override
    public boolean onPeerClosed() {
        peerClosed = true;
        return !isBusy;
    }
}
