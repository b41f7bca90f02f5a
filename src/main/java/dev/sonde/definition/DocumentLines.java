package dev.sonde.definition;

import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The lines of a YAML text on which its fields stand. For one thread.
final class DocumentLines {

    private final String text;
    private @Nullable Node root;

    /// @param text valid YAML; it is taken apart when the first line is asked for
    DocumentLines(String text) {
        this.text = text;
    }

    /// The line of a field, from 1: its own, or that of the deepest one around it that exists.
    int line(List<String> path) {
        Node node = root();
        int line = 1;
        for (String step : path) {
            NodeTuple entry = node instanceof MappingNode map ? entry(map, step) : null;
            if (entry != null) {
                line = entry.getKeyNode().getStartMark().getLine() + 1;
                node = entry.getValueNode();
            } else if (node instanceof SequenceNode list && isIndex(step, list)) {
                node = list.getValue().get(Integer.parseInt(step));
                line = node.getStartMark().getLine() + 1;
            } else {
                return line;
            }
        }
        return line;
    }

    private @Nullable Node root() {
        if (root == null) {
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(Integer.MAX_VALUE);
            try {
                root = new Yaml(options).compose(new StringReader(text));
            } catch (YAMLException e) {
                throw new IllegalStateException("it was read before", e);
            }
        }
        return root;
    }

    private static boolean isIndex(String step, SequenceNode list) {
        return step.matches("[0-9]{1,6}") && Integer.parseInt(step) < list.getValue().size();
    }

    private static @Nullable NodeTuple entry(MappingNode map, String key) {
        for (NodeTuple entry : map.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key)) {
                return entry;
            }
        }
        return null;
    }
}
