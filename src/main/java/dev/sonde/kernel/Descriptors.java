package dev.sonde.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.Channel;
import org.jspecify.annotations.Nullable;

/// The way from a channel to its descriptor number: `SelChImpl.getFDVal`, public in a package that
/// the JDK exports only on request.
final class Descriptors {

    /// No descriptor: the channel is closed, not the JDK's, or out of reach.
    static final int NONE = -1;

    /// The flag to start Java with when [#reachable] is false. The manifest entry `Add-Exports`
    /// does the same.
    static final String FLAG = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";

    private static final @Nullable MethodHandle GET_FD_VAL = find();

    private Descriptors() {}

    static boolean reachable() {
        return GET_FD_VAL != null;
    }

    /// The number of an open channel's descriptor, or [#NONE].
    ///
    /// A closed channel has none here, because its number may be another socket's by now. Only the
    /// thread that closes the channel can rely on the answer.
    static int of(Channel channel) {
        if (GET_FD_VAL == null || !channel.isOpen()) {
            return NONE;
        }
        try {
            return (int) GET_FD_VAL.invokeExact(channel);
        } catch (ClassCastException _) {
            return NONE;
        } catch (Throwable e) {
            throw new AssertionError("getFDVal declares no exception", e);
        }
    }

    private static @Nullable MethodHandle find() {
        try {
            // Not publicLookup: the export is to this code's module alone.
            return MethodHandles.lookup()
                    .findVirtual(
                            Class.forName("sun.nio.ch.SelChImpl"),
                            "getFDVal",
                            MethodType.methodType(int.class))
                    .asType(MethodType.methodType(int.class, Channel.class));
        } catch (ReflectiveOperationException _) {
            return null; // reported by the self-test, which knows what to say
        }
    }
}
