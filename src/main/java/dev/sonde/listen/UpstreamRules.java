package dev.sonde.listen;

import dev.sonde.listen.engine.Upstreams;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.policy.Decision;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.InterfaceGoneException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/// The rules for the upstreams of a definition that are addresses. Names are judged at each
/// connect, and addresses once more.
final class UpstreamRules {

    private UpstreamRules() {}

    /// Refuses an upstream that no connect would ever be made to.
    ///
    /// @throws ListenerException where the policy denies it
    /// @throws InvalidListenerException where it leads back to the listener
    static void require(Upstreams upstreams, ListenerSpec spec) {
        for (Behaviour.Part part : spec.behaviour().parts()) {
            if (part.behaviour() instanceof Behaviour.Proxy proxy) {
                String path = "behaviour" + part.path() + ".to";
                address(proxy).ifPresent(each -> require(upstreams, spec, path, proxy, each));
            }
        }
    }

    /// Empty for a name, and for an address whose interface is gone: both are judged at each
    /// connect.
    private static Optional<InetAddress> address(Behaviour.Proxy proxy) {
        try {
            return proxy.to().address();
        } catch (InterfaceGoneException _) {
            return Optional.empty();
        }
    }

    private static void require(
            Upstreams upstreams,
            ListenerSpec spec,
            String path,
            Behaviour.Proxy proxy,
            InetAddress address) {
        InetSocketAddress remote = new InetSocketAddress(address, proxy.to().port());
        Decision decision = upstreams.policy().decide(address, remote.getPort());
        if (!decision.isAllowed()) {
            String text = AddressText.of(remote);
            throw new ListenerException(
                    ListenerProblem.DENIED_BY_POLICY,
                    text,
                    path + ": " + text + ": " + decision.explanation());
        }
        if (upstreams.routes().isLoop(spec.name(), remote)) {
            throw InvalidListenerException.loop(path, proxy.to());
        }
    }
}
