package dev.sonde.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A [Worker] in a process of its own. It waits, at no cost, while another one is measured.
final class Client implements AutoCloseable {

    private final Child child;
    private final ListenerProcess listener;

    /// @param classPath which build of the product it runs
    /// @param recording where its flight recording goes; none is made where absent
    Client(
            Place place,
            Worker.Kind kind,
            ListenerProcess listener,
            String classPath,
            @Nullable Path recording)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-cp", classPath));
        if (recording != null) {
            Files.createDirectories(recording);
            Path file = recording.resolve(kind.name().toLowerCase(Locale.ROOT) + "-%p.jfr");
            arguments.add("-XX:StartFlightRecording=settings=profile,filename=" + file);
        }
        arguments.add(Worker.class.getName());
        arguments.add(kind.name());
        arguments.add(Integer.toString(listener.port()));
        child = new Child(place.command(Child.java(arguments.toArray(String[]::new))));
        this.listener = listener;
        child.await(Worker.READY);
    }

    Contender row(String label, int inFlight) {
        return new Row(label, inFlight, false);
    }

    Contender halfOpenRow(String label, int inFlight) {
        return new Row(label, inFlight, true);
    }

    private final class Row implements Contender {

        private final String label;
        private final int inFlight;
        private final boolean halfOpen;

        Row(String label, int inFlight, boolean halfOpen) {
            this.label = label;
            this.inFlight = inFlight;
            this.halfOpen = halfOpen;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public int inFlight() {
            return inFlight;
        }

        @Override
        public Sample measure(int connects) throws IOException {
            child.send(new Workload(connects, inFlight, halfOpen).toLine());
            Sample sample = Sample.ofLine(child.await(Worker.SAMPLE));
            listener.settle();
            return sample;
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
