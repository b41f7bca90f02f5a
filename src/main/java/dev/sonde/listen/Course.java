package dev.sonde.listen;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.listen.engine.LoopTimer;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Sequence;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// The steps of a listener's behaviour, and the one that newcomers meet now. Confined to the
/// listener's loop.
final class Course {

    private final Consumer<Behaviour> whenMoved;
    private final LoopTimer timer;
    private List<Sequence.Step> steps;
    private int at;

    /// The connections that the step still receives.
    private int left;

    /// @param whenMoved called after each move to another step, with the behaviour before
    Course(EventLoop loop, Behaviour behaviour, Consumer<Behaviour> whenMoved) {
        this.whenMoved = whenMoved;
        this.timer = new LoopTimer(loop, this::move);
        this.steps = steps(behaviour);
    }

    private static List<Sequence.Step> steps(Behaviour behaviour) {
        return behaviour instanceof Sequence sequence
                ? sequence.steps()
                : List.of(Sequence.Step.last(behaviour));
    }

    /// Begins with the first step of a behaviour.
    void begin(Behaviour behaviour) {
        steps = steps(behaviour);
        at = 0;
        arrive();
    }

    /// The behaviour that the first connections meet.
    static Behaviour firstOf(Behaviour behaviour) {
        return steps(behaviour).getFirst().behaviour();
    }

    Behaviour current() {
        return steps.get(at).behaviour();
    }

    /// The number of the step, from 0.
    int step() {
        return at;
    }

    /// A connection meets the step.
    void received() {
        if (left > 0) {
            left--;
            if (left == 0) {
                move();
            }
        }
    }

    void stop() {
        timer.cancel();
    }

    private void move() {
        Behaviour before = current();
        at++;
        arrive();
        whenMoved.accept(before);
    }

    private void arrive() {
        Sequence.Step step = steps.get(at);
        Integer times = step.times();
        left = times == null ? 0 : times;
        timer.cancel();
        Duration time = step.duration();
        if (time != null) {
            timer.setAfter(time);
        }
    }
}
