package dev.sonde.form;

import java.io.Writer;
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

/// YAML that says what JSON can say (the JSON schema of YAML 1.2): `on` and `2026-11-28` are
/// strings. A key that stands twice, an alias of a collection and a tag of a Java type are refused.
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
            return reader.load(text);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("is not valid YAML" + problem(e), e);
        }
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
        return ": " + e.getMessage();
    }

    /// In block style.
    public static void write(@Nullable Object tree, Writer out) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        new Yaml(options).dump(tree, out);
    }
}
