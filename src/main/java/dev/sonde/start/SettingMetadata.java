package dev.sonde.start;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The description of the service's settings that the build writes.
final class SettingMetadata {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";
    private static final String OWN = "dev.sonde.";
    private static final JsonMapper JSON = JsonMapper.builder().build();

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
        try (InputStream in = url.openStream()) {
            for (JsonNode group : JSON.readTree(in).path("groups")) {
                String type = group.path("sourceType").asString("");
                boolean isRoot = type.equals(group.path("type").asString());
                if (isRoot && type.startsWith(OWN)) {
                    tree.add(group.path("name").asString(), Class.forName(type, false, loader));
                }
            }
        }
        return tree;
    }
}
