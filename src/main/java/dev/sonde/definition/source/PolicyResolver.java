package dev.sonde.definition.source;

import dev.sonde.policy.ReceiverPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/// Resolves the host of a source or receiver to the addresses that the policy allows. The
/// connection goes to one of them, so no second resolution can lead elsewhere.
public record PolicyResolver(ReceiverPolicy policy) implements DnsResolver {

    /// An address that the policy denies. The message is a sentence.
    public static final class DeniedException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        DeniedException(String message) {
            super(message);
        }
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        List<InetSocketAddress> allowed = new ArrayList<>();
        InetAddress denied = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            if (policy.isAllowed(address, port)) {
                allowed.add(new InetSocketAddress(address, port));
            } else {
                denied = address;
            }
        }
        if (allowed.isEmpty() && denied != null) {
            throw new DeniedException(
                    "%s is denied by policy: %s"
                            .formatted(denied.getHostAddress(), policy.explanation(denied, port)));
        }
        return allowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new UnknownHostException("the policy needs a port to judge " + host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
