package dev.sonde.kernel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The features that this host provides, and the reason for each missing one.
///
/// @param missing the reason for each unavailable feature, in words for an operator; a feature
///     without an entry is available
public record KernelFeatures(Map<KernelFeature, String> missing) {

    public KernelFeatures {
        EnumMap<KernelFeature, String> copy = new EnumMap<>(KernelFeature.class);
        copy.putAll(missing);
        missing = Collections.unmodifiableMap(copy);
    }

    /// Tests every feature on real loopback sockets, which also warms the calls up: about 150 ms,
    /// once.
    ///
    /// Never throws; what fails is missing, with its reason.
    public static KernelFeatures detect() {
        return new SelfTest().run();
    }

    /// A host without any feature, for one reason: the switch in the configuration, or a test.
    public static KernelFeatures none(String reason) {
        EnumMap<KernelFeature, String> missing = new EnumMap<>(KernelFeature.class);
        for (KernelFeature feature : KernelFeature.values()) {
            missing.put(feature, reason);
        }
        return new KernelFeatures(missing);
    }

    public boolean has(KernelFeature feature) {
        return !missing.containsKey(feature);
    }

    /// Why a feature is not available; empty if it is.
    public Optional<String> whyMissing(KernelFeature feature) {
        return Optional.ofNullable(missing.get(feature));
    }
}
