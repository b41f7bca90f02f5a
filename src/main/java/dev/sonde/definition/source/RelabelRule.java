package dev.sonde.definition.source;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One step of `relabel_configs`, as Prometheus defines it.
///
/// @param regex an RE2 expression that matches the whole text
/// @param modulus of `hashmod`; 0 where it has none
public record RelabelRule(
        List<String> sourceLabels,
        String separator,
        @Nullable String targetLabel,
        String regex,
        long modulus,
        String replacement,
        RelabelAction action) {

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final int HASH_BYTES = 8;

    public RelabelRule {
        sourceLabels = List.copyOf(sourceLabels);
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("regex: " + e.getMessage(), e);
        }
        if (action.needsTarget() && targetLabel == null) {
            throw new IllegalArgumentException(
                    "target_label: the action " + action.word() + " needs one");
        }
        if (action == RelabelAction.HASHMOD && modulus < 1) {
            throw new IllegalArgumentException("modulus: the action hashmod needs one above 0");
        }
    }

    /// The labels after all rules; null where a rule drops the target.
    public static @Nullable Map<String, String> apply(
            List<RelabelRule> rules, Map<String, String> labels) {
        Map<String, String> changed = new TreeMap<>(labels);
        for (RelabelRule rule : rules) {
            if (!rule.change(changed)) {
                return null;
            }
        }
        return changed;
    }

    /// Whether the target stays.
    private boolean change(Map<String, String> labels) {
        String value =
                sourceLabels.stream()
                        .map(label -> labels.getOrDefault(label, ""))
                        .collect(Collectors.joining(separator));
        String target = targetLabel == null ? "" : targetLabel;
        switch (action) {
            case KEEP -> {
                return matcher(value).matches();
            }
            case DROP -> {
                return !matcher(value).matches();
            }
            case KEEPEQUAL -> {
                return value.equals(labels.getOrDefault(target, ""));
            }
            case DROPEQUAL -> {
                return !value.equals(labels.getOrDefault(target, ""));
            }
            case REPLACE -> replace(labels, value, target);
            case LOWERCASE -> set(labels, target, value.toLowerCase(Locale.ROOT));
            case UPPERCASE -> set(labels, target, value.toUpperCase(Locale.ROOT));
            case HASHMOD -> set(labels, target, hash(value));
            case LABELMAP -> map(labels);
            case LABELDROP -> labels.keySet().removeIf(label -> matcher(label).matches());
            case LABELKEEP -> labels.keySet().removeIf(label -> !matcher(label).matches());
        }
        return true;
    }

    private Matcher matcher(String text) {
        return compiled().matcher(text);
    }

    /// The compiled expression, from a cache. A record cannot hold it.
    private Pattern compiled() {
        return RelabelPatterns.of(regex);
    }

    private void replace(Map<String, String> labels, String value, String target) {
        Matcher matcher = matcher(value);
        if (!matcher.matches()) {
            return;
        }
        String label = GoReplacement.expand(target, matcher);
        if (LABEL.matcher(label).matches()) {
            set(labels, label, GoReplacement.expand(replacement, matcher));
        }
    }

    private void map(Map<String, String> labels) {
        for (Map.Entry<String, String> each : List.copyOf(labels.entrySet())) {
            Matcher matcher = matcher(each.getKey());
            if (matcher.matches()) {
                set(labels, GoReplacement.expand(replacement, matcher), each.getValue());
            }
        }
    }

    /// A label without a value does not exist.
    private static void set(Map<String, String> labels, String label, String value) {
        if (value.isEmpty()) {
            labels.remove(label);
        } else {
            labels.put(label, value);
        }
    }

    /// The last eight bytes of the MD5, as Prometheus takes them.
    private String hash(String value) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(value.getBytes(StandardCharsets.UTF_8));
            BigInteger number = new BigInteger(1, digest, digest.length - HASH_BYTES, HASH_BYTES);
            return number.mod(BigInteger.valueOf(modulus)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
