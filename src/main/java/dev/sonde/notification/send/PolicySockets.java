package dev.sonde.notification.send;

import dev.sonde.policy.ReceiverPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import javax.net.SocketFactory;

/// Makes sockets that connect only to addresses that the policy allows. TLS, if any, is laid over
/// them.
final class PolicySockets extends SocketFactory {

    private final ReceiverPolicy policy;

    PolicySockets(ReceiverPolicy policy) {
        this.policy = policy;
    }

    /// An address that the policy denies. The message is a clause.
    static final class DeniedException extends IOException {

        private static final long serialVersionUID = 1L;

        DeniedException(String message) {
            super(message);
        }
    }

    private static final class JudgedSocket extends Socket {

        private final ReceiverPolicy policy;

        JudgedSocket(ReceiverPolicy policy) {
            this.policy = policy;
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress to) || to.getAddress() == null) {
                throw new UnknownHostException("the host has no address");
            }
            if (!policy.isAllowed(to.getAddress(), to.getPort())) {
                throw new DeniedException(
                        "%s is denied by policy: %s"
                                .formatted(
                                        to.getAddress().getHostAddress(),
                                        policy.explanation(to.getAddress(), to.getPort())));
            }
            super.connect(to, timeout);
        }
    }

    @Override
    public Socket createSocket() {
        return new JudgedSocket(policy);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress own, int ownPort)
            throws IOException {
        return connected(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress own, int ownPort)
            throws IOException {
        return connected(host, port);
    }

    private Socket connected(InetAddress host, int port) throws IOException {
        Socket socket = createSocket();
        try {
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
