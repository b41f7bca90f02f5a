package dev.sonde.blackbox.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the bytes that modules send out of the text of modules.
public final class Sends {

    private static final Set<String> NAMES = Set.of("send", "send_bytes", "sendBytes");

    private Sends() {}

    /// The same modules with `hidden` in the place of each text.
    ///
    /// @param yaml as it was written for a caller who may see all of it
    public static String replaced(String yaml, Map<String, Boolean> hidden) {
        try {
            return YamlTree.write(replaced(YamlTree.read(yaml, false), hidden));
        } catch (InvalidModuleFileException _) {
            return yaml; // a module that is no mapping, whose values are masked
        }
    }

    private static @Nullable Object replaced(@Nullable Object tree, Map<String, Boolean> hidden) {
        return switch (tree) {
            case null -> null;
            case List<?> list -> list.stream().map(each -> replaced(each, hidden)).toList();
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(key, ofKey(key, value, hidden)));
                yield copy;
            }
            default -> tree;
        };
    }

    private static @Nullable Object ofKey(
            Object key, @Nullable Object value, Map<String, Boolean> hidden) {
        boolean isSent = NAMES.contains(String.valueOf(key));
        return isSent && value != null && !(value instanceof Map)
                ? hidden
                : replaced(value, hidden);
    }
}
