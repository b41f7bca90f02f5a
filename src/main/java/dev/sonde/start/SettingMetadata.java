package dev.sonde.start;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The description of the service's settings that the build writes. It is read token by token: a
/// start waits for it, and only its groups are wanted, which come first.
final class SettingMetadata {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";
    private static final String OWN = "dev.sonde.";
    private static final String GROUPS = "groups";

    /// A group of settings.
    ///
    /// @param name such as `sonde.engine`
    /// @param type the type of the group's value
    /// @param source the type that declares the group
    private record Group(@Nullable String name, @Nullable String type, @Nullable String source) {

        /// Whether a type of this service is bound to it.
        boolean isRoot() {
            return source != null && source.equals(type) && source.startsWith(OWN);
        }
    }

    private SettingMetadata() {}

    /// The settings that this build knows.
    static SettingTree read() {
        ClassLoader loader = SettingMetadata.class.getClassLoader();
        try {
            for (URL url : Collections.list(loader.getResources(FILE))) {
                SettingTree tree = read(url, loader);
                if (!tree.names().isEmpty()) {
                    return tree;
                }
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(FILE + " cannot be read", e);
        }
        throw new IllegalStateException(FILE + " of this service is missing in the build");
    }

    private static SettingTree read(URL url, ClassLoader loader)
            throws IOException, ClassNotFoundException {
        SettingTree tree = new SettingTree();
        try (InputStream in = url.openStream();
                JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            if (!isAtGroups(json)) {
                return tree;
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                Group group = group(json);
                if (group.isRoot()) {
                    tree.add(
                            String.valueOf(group.name()),
                            Class.forName(group.type(), false, loader));
                }
            }
        }
        return tree;
    }

    /// Goes to the beginning of the groups.
    private static boolean isAtGroups(JsonParser json) {
        json.nextToken();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (name.equals(GROUPS)) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private static Group group(JsonParser json) {
        String group = null;
        String type = null;
        String source = null;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "name" -> group = json.getValueAsString();
                case "type" -> type = json.getValueAsString();
                case "sourceType" -> source = json.getValueAsString();
                default -> json.skipChildren();
            }
        }
        return new Group(group, type, source);
    }
}
