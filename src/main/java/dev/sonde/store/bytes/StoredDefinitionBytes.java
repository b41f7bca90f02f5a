package dev.sonde.store.bytes;

import dev.sonde.probe.keeping.DefinitionBytes;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The bytes of definitions. Many definitions have the same settings, so the settings read and
/// written lately are remembered: at most 256 short ones.
public final class StoredDefinitionBytes implements DefinitionBytes {

    private static final int MOST_TEXTS = 256;
    private static final int LONGEST_TEXT = 2_048;

    private final Map<String, StoredSettings.Pair> byText = new ConcurrentHashMap<>();

    /// The settings of the latest definition that was written, which the next one often shares.
    private volatile @Nullable Written latest;

    private record Written(
            ProbeSettings settings, @Nullable String module, @Nullable String source, String text) {

        @SuppressWarnings("ReferenceEquality") // a comparison by value would cost more
        boolean isOf(ProbeDefinition definition) {
            ProbeSpec spec = definition.spec();
            return settings == spec.settings()
                    && module == spec.module()
                    && source == definition.source();
        }
    }

    @Override
    public byte[] write(ProbeDefinition definition) {
        ProbeSpec spec = definition.spec();
        RowOutput to = new RowOutput();
        to.text(settings(definition));
        to.text(spec.target().host());
        to.number(spec.target().port());
        to.number(spec.interval().toNanos());
        to.number(spec.labels().size());
        spec.labels()
                .forEach(
                        (key, value) -> {
                            to.text(key);
                            to.text(value);
                        });
        to.number(spec.paused() ? 1 : 0);
        to.number(spec.thresholds().rise());
        to.number(spec.thresholds().fall());
        to.number(definition.version());
        to.number(Micros.of(definition.createdAt()));
        to.number(Micros.of(definition.updatedAt()));
        to.text(spec.unreadable());
        return to.toBytes();
    }

    private String settings(ProbeDefinition definition) {
        Written known = latest;
        if (known != null && known.isOf(definition)) {
            return known.text();
        }
        ProbeSpec spec = definition.spec();
        String text = StoredSettings.text(definition);
        latest = new Written(spec.settings(), spec.module(), definition.source(), text);
        return text;
    }

    @Override
    public ProbeDefinition read(String name, byte[] body) {
        RowInput from = new RowInput(body);
        StoredSettings.Pair settings = settings(from.text());
        Target target = new Target(from.text(), from.count());
        Duration interval = Duration.ofNanos(from.number());
        Map<String, String> labels = labels(from);
        boolean isPaused = from.number() == 1;
        Thresholds thresholds = new Thresholds(from.count(), from.count());
        long version = from.number();
        Instant createdAt = Micros.instant(from.number());
        Instant updatedAt = Micros.instant(from.number());
        ProbeSpec spec =
                new ProbeSpec(
                        target,
                        interval,
                        settings.read(),
                        settings.written().module(),
                        labels,
                        isPaused,
                        thresholds,
                        from.optionalText());
        return new ProbeDefinition(
                name, spec, version, createdAt, updatedAt, settings.written().source());
    }

    private static Map<String, String> labels(RowInput from) {
        int count = from.count();
        Map<String, String> labels = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            labels.put(from.text(), from.text());
        }
        return labels;
    }

    private StoredSettings.Pair settings(String text) {
        StoredSettings.Pair known = byText.get(text);
        if (known == null) {
            known = StoredSettings.Pair.of(text);
            if (byText.size() >= MOST_TEXTS) {
                byText.clear();
            }
            if (text.length() <= LONGEST_TEXT) {
                byText.put(text, known);
            }
        }
        return known;
    }
}
