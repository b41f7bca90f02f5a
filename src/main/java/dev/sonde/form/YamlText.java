package dev.sonde.form;

import java.io.Writer;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// YAML with the types of JSON (the JSON schema of YAML 1.2): `on` and `2026-11-28` are strings. A
/// duplicate key, an alias of a collection and a tag of a Java type are refused.
public final class YamlText {

    /// The filter before this limits bodies in bytes.
    private static final int MOST_CHARACTERS = Integer.MAX_VALUE;

    private static final class JsonScalars extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.NULL, Pattern.compile("^(?:~|null|)$"), "~n\0");
            addImplicitResolver(Tag.NULL, Resolver.EMPTY, null);
            addImplicitResolver(Tag.BOOL, Pattern.compile("^(?:true|false)$"), "tf");
            addImplicitResolver(Tag.INT, Pattern.compile("^-?(?:0|[1-9][0-9]*)$"), "-0123456789");
            addImplicitResolver(
                    Tag.FLOAT,
                    Pattern.compile("^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$"),
                    "-0123456789");
        }
    }

    private YamlText() {}

    /// The maps, lists and scalars of one document.
    ///
    /// @throws IllegalArgumentException with what is wrong and where, to follow "the body"
    public static @Nullable Object read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(MOST_CHARACTERS);
        DumperOptions dumping = new DumperOptions();
        Yaml reader =
                new Yaml(
                        new SafeConstructor(options),
                        new Representer(dumping),
                        dumping,
                        options,
                        new JsonScalars());
        try {
            Optional<Object> usual = YamlEvents.read(text, options);
            return usual.isPresent() ? usual.get() : reader.load(text);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("is not valid YAML" + problem(e), e);
        }
    }

    /// The same as a tree of JSON.
    ///
    /// @throws IllegalArgumentException as [#read] throws it
    public static JsonNode tree(String text) {
        return node(read(text));
    }

    private static JsonNode node(@Nullable Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.nullNode();
            case Map<?, ?> map -> {
                ObjectNode object = nodes.objectNode();
                map.forEach((key, field) -> object.set(String.valueOf(key), node(field)));
                yield object;
            }
            case Collection<?> list -> {
                ArrayNode array = nodes.arrayNode();
                list.forEach(element -> array.add(node(element)));
                yield array;
            }
            case String string -> nodes.stringNode(string);
            case Boolean flag -> nodes.booleanNode(flag);
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case Double number -> nodes.numberNode(number);
            case BigInteger number -> nodes.numberNode(number);
            default -> nodes.stringNode(value.toString());
        };
    }

    /// The line of what [#read] found wrong, from 1; absent where it is not known.
    public static @Nullable Integer line(IllegalArgumentException thrown) {
        return thrown.getCause() instanceof MarkedYAMLException marked
                        && marked.getProblemMark() != null
                ? marked.getProblemMark().getLine() + 1
                : null;
    }

    private static String problem(YAMLException e) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark at = marked.getProblemMark();
            return ", at line %d, column %d: %s"
                    .formatted(at.getLine() + 1, at.getColumn() + 1, marked.getProblem());
        }
        String message = String.valueOf(e.getMessage());
        return message.startsWith("Number of aliases")
                ? ": aliases (*name) of lists and maps are not read; write the part out, or use"
                        + " defaults"
                : ": " + message;
    }

    /// Writes a tree in YAML's block style.
    public static void write(@Nullable Object tree, Writer out) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        new Yaml(options).dump(tree, out);
    }
}
