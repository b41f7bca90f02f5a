package dev.sonde.listen;

import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopCall;
import dev.sonde.listen.port.Port;
import dev.sonde.listen.port.PortBehaviour;
import dev.sonde.listen.port.PortRefusal;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerSpec;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The behaviour in effect at a listener's port: the step that newcomers meet, and its demands on
/// the listening socket. Confined to the listener's loop.
final class PortCourse {

    private static final Logger log = LoggerFactory.getLogger(PortCourse.class);

    private final Lane lane;
    private final String listener;
    private final Supplier<@Nullable Port> port;
    private final Runnable whenChanged;
    private final Course course;
    private final PortBehaviour portBehaviour;
    private final PortRefusal refusal;
    private ListenerSpec spec;

    /// @param port the open port, absent while there is none
    /// @param whenChanged called when [#accepts] may have changed
    PortCourse(
            ListenEngine engine,
            Lane lane,
            ListenerSpec spec,
            Supplier<@Nullable Port> port,
            Runnable whenChanged) {
        this.lane = lane;
        this.listener = spec.name();
        this.spec = spec;
        this.port = port;
        this.whenChanged = whenChanged;
        this.course = new Course(lane.loop(), spec.behaviour(), this::onStep);
        this.portBehaviour = new PortBehaviour(engine, lane);
        this.refusal = new PortRefusal(engine, lane, listener, this::updateRefusal);
    }

    Course course() {
        return course;
    }

    PortBehaviour portBehaviour() {
        return portBehaviour;
    }

    /// Whether newcomers may be accepted now.
    boolean accepts() {
        return !refusal.isOn() && course.current().accepts();
    }

    /// Whether the kernel answers SYNs with a RST.
    boolean isRefusing() {
        return refusal.isOn();
    }

    /// Begins with the first step, before the port is opened.
    void begin(ListenerSpec first) {
        spec = first;
        course.begin(first.behaviour());
    }

    /// The port was opened.
    void opened() {
        refusal.opened();
        updateRefusal();
    }

    /// Fills the accept queue where the step demands that.
    ///
    /// @return completes when that is done
    CompletableFuture<Void> serve(Port open) {
        return portBehaviour.serve(open, course.current(), spec.backlog());
    }

    /// Changes the socket of an open port to the demands of another behaviour.
    ///
    /// @return completes when that is done
    /// @throws ListenerException where this host cannot do it; nothing has changed then
    CompletableFuture<Void> prepare(Port open, ListenerSpec wanted) {
        Behaviour first =
                wanted.behaviour().equals(spec.behaviour())
                        ? course.current()
                        : Course.firstOf(wanted.behaviour());
        return portBehaviour.change(open, course.current(), first, wanted.backlog());
    }

    /// Switches to another behaviour. The same behaviour stays at its step.
    void change(ListenerSpec wanted) {
        boolean isSame = wanted.behaviour().equals(spec.behaviour());
        spec = wanted;
        if (!isSame) {
            course.begin(wanted.behaviour());
        }
        refusal.stopWaiting();
        updateRefusal();
    }

    /// The port is about to close.
    void stop() {
        portBehaviour.stop();
        course.stop();
        refusal.stopWaiting();
    }

    /// Newcomers meet another step from now on.
    private void onStep(Behaviour before) {
        Port open = port.get();
        if (open == null) {
            return;
        }
        try {
            updateRefusal();
            var _ =
                    portBehaviour
                            .change(open, before, course.current(), spec.backlog())
                            .whenComplete((_, problem) -> noteStep(problem));
        } catch (ListenerException e) {
            noteStep(e);
        }
        whenChanged.run();
    }

    private void noteStep(@Nullable Throwable problem) {
        if (problem != null) {
            log.atWarn()
                    .addKeyValue("listener", listener)
                    .addKeyValue("step", course.step())
                    .setCause(problem)
                    .log("this host cannot run a step of a sequence");
        }
    }

    /// Closes the port until a connect to an upstream works. Called on any loop.
    void refuseNewcomers() {
        var _ =
                LoopCall.on(lane.loop(), this::refuseUntilUpstreamIsBack)
                        .whenComplete((_, problem) -> noteRefusal(problem));
    }

    private void noteRefusal(@Nullable Throwable problem) {
        if (problem != null) {
            log.atWarn()
                    .addKeyValue("listener", listener)
                    .setCause(problem)
                    .log("the port of a proxy cannot refuse newcomers");
        }
    }

    private void refuseUntilUpstreamIsBack() {
        if (port.get() != null && refusal.awaitUpstream(spec.behaviour())) {
            updateRefusal();
        }
    }

    /// @throws ListenerException where this host cannot do it
    private void updateRefusal() {
        Port open = port.get();
        if (open != null && refusal.update(open, course.current(), spec.backlog())) {
            whenChanged.run();
        }
    }
}
