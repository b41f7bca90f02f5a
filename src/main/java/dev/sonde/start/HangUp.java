package dev.sonde.start;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Reads the configuration again when the process gets SIGHUP, as blackbox_exporter does. The JVM's
/// own answer to that signal is to end.
///
/// `sun.misc.Signal` is the JDK's only way to a signal. It is reached by reflection, because the
/// compiler warns of it and warnings are errors here.
@Component
final class HangUp implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(HangUp.class);

    private final Reloads reloads;

    HangUp(Reloads reloads) {
        this.reloads = reloads;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        try {
            handle();
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Another system, or a JVM that does not use signals (-Xrs).
            log.atDebug().setCause(e).log("SIGHUP is not handled");
        }
    }

    private void handle() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object own =
                Proxy.newProxyInstance(
                        HangUp.class.getClassLoader(),
                        new Class<?>[] {handler},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                reloads.all();
                                return null;
                            }
                            return method.invoke(this, arguments);
                        });
        try {
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangUp, own);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("the JVM keeps SIGHUP for itself", e);
        }
    }
}
