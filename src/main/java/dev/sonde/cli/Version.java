package dev.sonde.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version of this build.
final class Version implements IVersionProvider {

    private static final String BUILD = "META-INF/build-info.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties build = new Properties();
        try (InputStream in = Version.class.getClassLoader().getResourceAsStream(BUILD)) {
            if (in != null) {
                build.load(in);
            }
        }
        return new String[] {
            "sonde " + build.getProperty("build.version", "of an unknown version")
        };
    }
}
