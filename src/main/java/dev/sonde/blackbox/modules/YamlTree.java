package dev.sonde.blackbox.modules;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// YAML to and from maps, lists and scalars. Nothing in a file can name a Java type.
final class YamlTree {

    /// A section that many modules share is an alias in each.
    private static final int MOST_ALIASES = 10_000;

    /// Leaves scalars as texts; only an empty one is null.
    private static final class TextsOnly extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, Resolver.MERGE, "<");
            addImplicitResolver(Tag.NULL, Pattern.compile("^(?:~|null|Null|NULL|)$"), "~nN\0");
            addImplicitResolver(Tag.NULL, Resolver.EMPTY, null);
        }
    }

    private YamlTree() {}

    /// Reads the first document, as blackbox_exporter does.
    ///
    /// @param asTexts whether numbers and booleans stay the texts that they are in the file
    /// @throws InvalidModuleFileException when it is empty, not YAML, or not a mapping
    static Map<?, ?> read(String yaml, boolean asTexts) {
        try {
            Object tree = YamlTabs.read(yaml, text -> first(text, asTexts));
            if (tree == null) {
                throw new InvalidModuleFileException("nothing is in it", null);
            }
            return requireMap("the file", tree);
        } catch (YAMLException e) {
            // Neither its message nor itself: they show the lines, which may hold a key.
            throw new InvalidModuleFileException("not readable as YAML: " + problem(e), null);
        }
    }

    /// Further documents after the first are ignored.
    private static @Nullable Object first(String yaml, boolean asTexts) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        DumperOptions dumping = new DumperOptions();
        Yaml reader =
                new Yaml(
                        new SafeConstructor(options),
                        new Representer(dumping),
                        dumping,
                        options,
                        asTexts ? new TextsOnly() : new Resolver());
        Iterator<Object> documents = reader.loadAll(yaml).iterator();
        return documents.hasNext() ? documents.next() : null;
    }

    private static String problem(YAMLException e) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark at = marked.getProblemMark();
            return "line %d, column %d: %s"
                    .formatted(at.getLine() + 1, at.getColumn() + 1, marked.getProblem());
        }
        return String.valueOf(e.getMessage());
    }

    /// The value as a map; empty when absent.
    static Map<?, ?> requireMap(String name, @Nullable Object value) {
        return switch (value) {
            case null -> new LinkedHashMap<>();
            case Map<?, ?> map -> map;
            default -> throw new InvalidModuleFileException(name + ": a mapping is expected", null);
        };
    }

    /// The tree in YAML's block style.
    static String write(@Nullable Object tree) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options).dump(tree);
    }
}
