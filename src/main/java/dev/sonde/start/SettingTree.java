package dev.sonde.start;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/// Every setting that the service knows, as a tree of the elements of its name. Not changed once it
/// is made.
///
/// The tree is read from the records that the settings are bound to: a component that is a record
/// is a group, a list has indices, a map takes any key.
final class SettingTree {

    private static final String OWN = "dev.sonde.";

    /// @param name in kebab case, `[0]` for an index, `key` for any key
    private record Node(
            String name,
            Map<String, Node> children,
            @Nullable Node index,
            boolean isLeaf,
            boolean takesAnyKey) {}

    private final Map<String, Node> roots = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    /// Adds the components of a record below a prefix.
    void add(String prefix, Class<?> properties) {
        Map<String, Node> at = roots;
        String path = "";
        for (String element : prefix.split("\\.", -1)) {
            path = path.isEmpty() ? element : path + "." + element;
            at = at.computeIfAbsent(element, groupOf(path)).children();
        }
        at.putAll(components(path, properties));
    }

    private static Function<String, Node> groupOf(String path) {
        return _ -> new Node(path, new LinkedHashMap<>(), null, false, false);
    }

    /// The names of all settings, as they are written in a file.
    List<String> names() {
        return List.copyOf(names);
    }

    /// Whether a setting has this name.
    boolean knows(ConfigurationPropertyName name) {
        Node node = find(name);
        return node != null && (node.isLeaf() || node.takesAnyKey());
    }

    /// Whether settings have names below this one.
    boolean isGroup(ConfigurationPropertyName name) {
        Node node = find(name);
        return node != null && (!node.children().isEmpty() || node.index() != null);
    }

    private @Nullable Node find(ConfigurationPropertyName name) {
        Node node = roots.get(name.getElement(0, Form.UNIFORM));
        for (int i = 1; i < name.getNumberOfElements() && node != null; i++) {
            if (node.takesAnyKey()) {
                return node;
            }
            node =
                    name.isNumericIndex(i)
                            ? node.index()
                            : node.children().get(name.getElement(i, Form.UNIFORM));
        }
        return node;
    }

    private Map<String, Node> components(String path, Class<?> type) {
        Map<String, Node> found = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(type, component);
            found.put(name.replace("-", ""), node(path + "." + name, component.getGenericType()));
        }
        return found;
    }

    private static String name(Class<?> type, RecordComponent component) {
        try {
            Name given = type.getDeclaredField(component.getName()).getAnnotation(Name.class);
            return given == null ? kebab(component.getName()) : given.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private Node node(String path, Type type) {
        if (type instanceof Class<?> one && one.isRecord() && one.getName().startsWith(OWN)) {
            return new Node(path, components(path, one), null, false, false);
        }
        if (type instanceof ParameterizedType generic
                && generic.getRawType() instanceof Class<?> raw) {
            Type[] parameters = generic.getActualTypeArguments();
            if (Map.class.isAssignableFrom(raw)) {
                names.add(path + ".key");
                return new Node(path, Map.of(), null, true, true);
            }
            if (Collection.class.isAssignableFrom(raw)) {
                Node element = node(path + "[0]", parameters[0]);
                if (element.isLeaf()) {
                    names.remove(path + "[0]");
                    names.add(path);
                }
                return new Node(path, Map.of(), element, element.isLeaf(), false);
            }
        }
        names.add(path);
        return new Node(path, Map.of(), null, true, false);
    }

    private static String kebab(String component) {
        return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
