package dev.sonde.listen;

import dev.sonde.listen.conversation.Conversation;
import dev.sonde.listen.conversation.Conversations;
import dev.sonde.listen.proxy.FaultPlan;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Chance;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.Sequence;
import dev.sonde.probe.spec.CloseMode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The treatment of newcomers by one step of a listener's behaviour. Parts that all connections can
/// share are made once.
sealed interface Reception {

    /// The treatment of one newcomer.
    Single draw();

    /// One behaviour for all.
    ///
    /// @param conversations absent for a proxy, which only passes bytes on
    /// @param faults the number of the proxy's plan; -1 elsewhere
    /// @param atOnce how a connection ends right after accept; absent where it goes on
    record Single(
            Behaviour behaviour,
            @Nullable Supplier<Conversation> conversations,
            int faults,
            @Nullable CloseMode atOnce)
            implements Reception {
        @Override
        public Single draw() {
            return this;
        }
    }

    /// One of two, drawn for each newcomer.
    record Drawn(Reception usual, double probability, Reception otherwise) implements Reception {
        @Override
        public Single draw() {
            boolean isUsual = ThreadLocalRandom.current().nextDouble() < probability;
            return (isUsual ? usual : otherwise).draw();
        }
    }

    /// All steps of a behaviour, and the plans of its proxies.
    record All(List<Reception> steps, List<FaultPlan> plans) {

        static final All NONE = new All(List.of(), List.of());

        /// @param before the plans whose shared rates continue
        static All of(ListenerSpec spec, All before, long nowNanos) {
            List<FaultPlan> plans = new ArrayList<>();
            Maker maker = new Maker(spec.tls() != null, before.plans(), plans, nowNanos);
            List<Reception> steps =
                    spec.behaviour() instanceof Sequence sequence
                            ? sequence.steps().stream()
                                    .map(step -> maker.make(step.behaviour()))
                                    .toList()
                            : List.of(maker.make(spec.behaviour()));
            return new All(steps, List.copyOf(plans));
        }
    }

    /// Makes receptions, and collects the plans of proxies on the way.
    record Maker(boolean isSecured, List<FaultPlan> before, List<FaultPlan> plans, long nowNanos) {

        Reception make(Behaviour behaviour) {
            return switch (behaviour) {
                case Chance(Behaviour usual, double probability, Behaviour otherwise) ->
                        new Drawn(make(usual), probability, make(otherwise));
                case Behaviour.Proxy proxy -> {
                    int number = plans.size();
                    FaultPlan old = number < before.size() ? before.get(number) : null;
                    plans.add(FaultPlan.of(proxy.faults(), old, nowNanos));
                    yield new Single(proxy, null, number, null);
                }
                default ->
                        new Single(behaviour, Conversations.of(behaviour), -1, atOnce(behaviour));
            };
        }

        /// A handshake takes its time.
        private @Nullable CloseMode atOnce(Behaviour behaviour) {
            if (isSecured) {
                return null;
            }
            return switch (behaviour) {
                case Behaviour.Close close when close.after().isZero() -> CloseMode.FIN;
                case Behaviour.Reset reset when reset.after().isZero() -> CloseMode.RST;
                default -> null;
            };
        }
    }
}
