package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The chart's output against the schemas of Kubernetes 1.30. [ChartTest] has those of the newest:
/// its models are the dependency of the service itself.
class OldestKubernetesTest {

    /// The build puts the models there.
    private static final Path FOLDER = Path.of("target", "kubernetes-1.30");

    private static Models models;

    @BeforeAll
    static void open() throws MalformedURLException {
        File[] jars = FOLDER.toFile().listFiles();
        assertThat(jars).as("%s: run mvn generate-test-resources", FOLDER).isNotEmpty();
        List<URL> urls = new ArrayList<>();
        for (File jar : jars) {
            urls.add(jar.toURI().toURL());
        }
        models = new Models(urls.toArray(URL[]::new));
    }

    @AfterAll
    static void close() throws IOException {
        models.close();
    }

    @ParameterizedTest
    @CsvSource({
        "cluster, 12",
        "daemonset, 5",
        "definitions, 14",
        "deployment, 5",
        "everything, 12",
        "existing, 7",
        "open, 7"
    })
    void outputFitsTheSchemasOfTheOldestKubernetes(String values, int atLeast) throws Exception {
        assertThat(Chart.read(Chart.values(values), models)).isGreaterThanOrEqualTo(atLeast);
    }

    /// Kubernetes 1.32 brought `resources` of a whole pod,.
    @Test
    void fieldOfALaterKubernetesIsRefused() {
        assertThatThrownBy(
                        () ->
                                Chart.read(
                                        """
                                        extraManifests:
                                          - apiVersion: v1
                                            kind: Pod
                                            metadata: {name: later}
                                            spec:
                                              resources: {limits: {memory: 1Gi}}
                                              containers: [{name: a, image: b}]
                                        """,
                                        models))
                .hasMessageContaining("\"resources\"");
    }

    /// Models before the class path, which has those of the newest Kubernetes.
    private static final class Models extends URLClassLoader {

        Models(URL[] jars) {
            super(jars, OldestKubernetesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith("io.fabric8.")) {
                    loaded = findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }
    }
}
