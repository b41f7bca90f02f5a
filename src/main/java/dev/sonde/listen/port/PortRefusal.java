package dev.sonde.listen.port;

import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.listen.upstream.UpstreamWatch;
import org.jspecify.annotations.Nullable;

/// The refusal of newcomers by the kernel, which answers their SYNs with a RST. A behaviour asks
/// for it, or a proxy whose upstream is away. Confined to the listener's loop.
public final class PortRefusal {

    private final ListenEngine engine;
    private final Lane lane;
    private final String listener;

    /// Calls [#update], because a watched upstream works again.
    private final Runnable whenBack;

    private boolean isOn;
    private @Nullable UpstreamWatch watch;

    /// @param listener its name
    public PortRefusal(ListenEngine engine, Lane lane, String listener, Runnable whenBack) {
        this.engine = engine;
        this.lane = lane;
        this.listener = listener;
        this.whenBack = whenBack;
    }

    /// Whether the kernel answers SYNs with a RST.
    public boolean isOn() {
        return isOn;
    }

    /// A port was opened, which listens.
    public void opened() {
        isOn = false;
    }

    /// Refuses newcomers from the next [#update] on, until a connect to the upstream works.
    ///
    /// @return whether that is new, and the behaviour asks for it
    public boolean awaitUpstream(Behaviour behaviour) {
        if (watch != null
                || !(behaviour instanceof Behaviour.Proxy proxy)
                || proxy.onUpstreamFailure() != UpstreamFailure.REFUSE) {
            return false;
        }
        watch = new UpstreamWatch(engine, lane, listener, proxy, this::upstreamIsBack);
        watch.start();
        return true;
    }

    private void upstreamIsBack() {
        watch = null;
        whenBack.run();
    }

    /// Waits for no upstream any more; [#update] has the port listen again.
    public void stopWaiting() {
        if (watch != null) {
            watch.stop();
            watch = null;
        }
    }

    /// Has the kernel refuse SYNs, or listen, as is required now.
    ///
    /// @param now the behaviour that newcomers meet
    /// @return whether that is a change
    /// @throws ListenerException where this host cannot do it
    public boolean update(Port port, Behaviour now, int backlog) {
        boolean isWanted = now.refuses() || watch != null;
        if (isWanted == isOn) {
            return false;
        }
        if (!refuse(port, isWanted, backlog)) {
            throw new ListenerException(
                    ListenerProblem.LOCAL_ERROR,
                    "the kernel cannot stop or start listening on this socket (kernel feature"
                            + " local_address)");
        }
        isOn = isWanted;
        return true;
    }

    /// A port with connections can be bound again only if it is not reserved.
    private boolean refuse(Port port, boolean isWanted, int backlog) {
        return isWanted
                ? lane.kernel().refuseConnections(port.channel(), true, backlog)
                        && port.reserve(true)
                : port.reserve(false)
                        && lane.kernel().refuseConnections(port.channel(), false, backlog);
    }
}
