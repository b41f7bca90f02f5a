package dev.sonde.bench;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// What another JVM of this host tells of itself. Its agent takes memory and a little time there.
record RemoteBeans(
        JMXConnector connector,
        OperatingSystemMXBean process,
        ThreadMXBean threads,
        MemoryMXBean memory,
        List<GarbageCollectorMXBean> collectors)
        implements AutoCloseable {

    static RemoteBeans of(long pid) throws IOException {
        JMXConnector connector = connect(pid);
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        return new RemoteBeans(
                connector,
                ManagementFactory.getPlatformMXBean(beans, OperatingSystemMXBean.class),
                ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class),
                ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class),
                ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class));
    }

    /// The address is one that our own child has just told us, on this host alone.
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(long pid) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                return JMXConnectorFactory.connect(
                        new JMXServiceURL(jvm.startLocalManagementAgent()));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("the service's JVM cannot be observed", e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException _) {
            // Only an observer's connection; the process ends next.
        }
    }
}
