package dev.sonde.definition;

import dev.sonde.definition.catalog.SetSummary;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.definition.source.TargetFinder;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.Ownership;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// All sources of documents. The probes of a source are a set of their own. They outlive a restart
/// and a failing source. One replica reads a source at a time. Safe for any thread.
public final class DefinitionSources {

    /// Stands between the set of a document and the name of its source; no other set has it.
    static final String SEPARATOR = ":";

    private final DefinitionSets sets;
    private final TargetFinders finders;
    private final Ownership ownership;
    private final SourceFeed.Ports ports;
    private final CopyOnWriteArrayList<Consumer<SourceStatus>> observers =
            new CopyOnWriteArrayList<>();

    /// By set of the probes. Guarded by this object's lock.
    private final Map<String, SourceFeed> feeds = new TreeMap<>();

    DefinitionSources(
            DefinitionSets sets,
            ProbeSection reader,
            TargetFinders finders,
            Ownership ownership,
            Clock clock) {
        this.sets = sets;
        this.finders = finders;
        this.ownership = ownership;
        this.ports =
                new SourceFeed.Ports(
                        sets,
                        reader,
                        clock,
                        status -> observers.forEach(each -> each.accept(status)));
    }

    /// Whether a set belongs to a source of the files.
    public static boolean isOfFiles(String set) {
        return set.startsWith(DefinitionFiles.SET + SEPARATOR);
    }

    /// Calls the observer after each reading, on the source's thread.
    public void onReading(Consumer<SourceStatus> observer) {
        observers.add(observer);
    }

    /// Reads only these sources for a set. Probes of a removed source are deleted; an unchanged
    /// source continues.
    synchronized void put(String set, List<SourceSpec> wanted) {
        Map<String, SourceSpec> byName = new TreeMap<>();
        wanted.forEach(spec -> byName.put(set + SEPARATOR + spec.name(), spec));
        for (String name : known(set)) {
            SourceFeed feed = feeds.get(name);
            SourceSpec next = byName.get(name);
            if (feed != null && !feed.spec().equals(next)) {
                feed.close();
                feeds.remove(name);
            }
            if (next == null) {
                sets.put(name, DefinitionDocument.EMPTY, false, null);
            }
        }
        byName.forEach(
                (name, spec) -> {
                    if (!feeds.containsKey(name)) {
                        feeds.put(name, open(name, spec));
                    }
                });
    }

    /// The names of the probes that end where a set has these sources and no others.
    synchronized List<String> ending(String set, List<SourceSpec> wanted) {
        List<String> gone = known(set);
        wanted.forEach(spec -> gone.remove(set + SEPARATOR + spec.name()));
        return gone.stream()
                .flatMap(each -> sets.catalog().probes(each).stream())
                .map(ProbeDefinition::name)
                .toList();
    }

    /// The number of all sources.
    synchronized int number() {
        return feeds.size();
    }

    /// Also those that a document of an earlier run had.
    private List<String> known(String set) {
        List<String> known = new ArrayList<>(feeds.keySet());
        sets.catalog().list().stream()
                .map(SetSummary::name)
                .filter(each -> !feeds.containsKey(each))
                .forEach(known::add);
        known.removeIf(each -> !each.startsWith(set + SEPARATOR));
        return known;
    }

    private SourceFeed open(String name, SourceSpec spec) {
        TargetFinder finder = finders.open(spec.discovery());
        int partition = ownership.partitionOf(name);
        BooleanSupplier isOurs = isOfFiles(name) ? () -> true : () -> ownership.owns(partition);
        SourceFeed feed = new SourceFeed(name, spec, finder, ports, isOurs);
        feed.start();
        return feed;
    }

    /// The sources of a set, each with its latest reading.
    public synchronized Map<SourceSpec, SourceStatus> of(String set) {
        Map<SourceSpec, SourceStatus> found = new LinkedHashMap<>();
        feeds.forEach(
                (name, feed) -> {
                    if (name.startsWith(set + SEPARATOR)) {
                        found.put(feed.spec(), feed.status());
                    }
                });
        return found;
    }

    /// The latest reading of each source.
    public synchronized List<SourceStatus> all() {
        return feeds.values().stream().map(SourceFeed::status).toList();
    }

    /// Ends the readings of a set; what its sources own stays, and another replica goes on.
    synchronized void leave(String set) {
        feeds.entrySet()
                .removeIf(
                        each -> {
                            boolean isOfSet = each.getKey().startsWith(set + SEPARATOR);
                            if (isOfSet) {
                                each.getValue().close();
                            }
                            return isOfSet;
                        });
    }

    /// Ends all readings; what the sources own stays.
    synchronized void stop() {
        feeds.values().forEach(SourceFeed::close);
        feeds.clear();
    }
}
