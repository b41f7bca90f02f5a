package dev.sonde.notification.receiver;

import dev.sonde.start.ConfigurationFiles;
import dev.sonde.start.Reload;
import dev.sonde.start.StartException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The receivers, read again with the configuration. Safe for any thread.
public final class Receivers implements Reload {

    private final ConfigurationFiles files;
    private final List<Consumer<List<Receiver>>> listeners = new ArrayList<>();

    /// Replaced by [#reload], read by any thread.
    private volatile List<Receiver> all;

    /// Reads the receivers.
    ///
    /// @throws StartException where one of them cannot be used
    public Receivers(NotificationProperties properties, ConfigurationFiles files) {
        this.files = files;
        try {
            this.all = ReceiverReader.read(properties.receivers());
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    e.getMessage() + ".", "Correct this receiver or remove it.", e);
        }
    }

    public List<Receiver> all() {
        return all;
    }

    public Optional<Receiver> find(String name) {
        return all.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /// Calls back after each reading; for the start.
    public synchronized void onReload(Consumer<List<Receiver>> listener) {
        listeners.add(listener);
    }

    @Override
    public String part() {
        return "receivers";
    }

    @Override
    public synchronized void reload() {
        List<NotificationProperties.Entry> read =
                files.read("sonde.notifications", NotificationProperties.class).receivers();
        List<Receiver> next = ReceiverReader.read(read);
        all = next;
        listeners.forEach(listener -> listener.accept(next));
    }
}
