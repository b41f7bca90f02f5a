package dev.sonde.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Refuses to start with a setting below `sonde.` that nobody reads.
///
/// Every name is judged that comes from the command line, system properties or a file. In the
/// environment only names in our groups are judged: others are programs' (`SONDE_TOKEN`) or
/// Kubernetes' links to services (`SONDE_PORT=tcp://...`).
final class UnknownSettings implements EnvironmentPostProcessor, Ordered {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("sonde");

    /// Variables that Kubernetes sets for a service: `X_SERVICE_HOST`, `X_PORT_80_TCP_ADDR` and so
    /// on.
    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    ".*_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");

    /// In the names of settings.
    private static final String ANY_INDEX = "[0]";

    private static final String ANY_KEY = "KEY";

    private static final Pattern LINKED_PORT = Pattern.compile("(tcp|udp|sctp)://.*");

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(
            ConfigurableEnvironment environment, SpringApplication application) {
        SettingTree tree = SettingMetadata.read();
        Set<String> unknown = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (isEnvironment(source)) {
                continue;
            }
            if (source instanceof IterableConfigurationPropertySource names) {
                names.stream()
                        .filter(ROOT::isAncestorOf)
                        .filter(name -> !isKnown(tree, names, name))
                        .forEach(name -> unknown.add(name.toString()));
            }
        }
        unknown.addAll(unknownVariables(tree, environment.getSystemEnvironment()));
        if (!unknown.isEmpty()) {
            throw problem(tree, unknown);
        }
    }

    private static boolean isEnvironment(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> under
                && under.getName()
                        .startsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    /// A group in a file may be empty.
    private static boolean isKnown(
            SettingTree tree,
            IterableConfigurationPropertySource source,
            ConfigurationPropertyName name) {
        if (tree.knows(name)) {
            return true;
        }
        var property = source.getConfigurationProperty(name);
        return tree.isGroup(name)
                && property != null
                && String.valueOf(property.getValue()).isBlank();
    }

    /// The unknown names among variables. A variable has neither dashes nor ends of elements, so
    /// both are left out of the comparison.
    private static List<String> unknownVariables(SettingTree tree, Map<String, ?> variables) {
        List<String> known = tree.names();
        Set<String> groups =
                known.stream()
                        .map(name -> name.split("\\.|\\["))
                        .filter(elements -> elements.length > 2)
                        .map(elements -> "SONDE_" + elements[1].toUpperCase(Locale.ROOT) + "_")
                        .collect(Collectors.toUnmodifiableSet());
        List<String> unknown = new ArrayList<>();
        variables.forEach(
                (name, value) -> {
                    String upper = name.toUpperCase(Locale.ROOT);
                    String flat = upper.replace("_", "");
                    if (groups.stream().anyMatch(upper::startsWith)
                            && known.stream().noneMatch(each -> isOf(each, flat))
                            && !isServiceLink(upper, String.valueOf(value))) {
                        unknown.add(name);
                    }
                });
        return unknown;
    }

    /// Whether a variable, without its underscores, is of the setting. One pattern in a hundred is
    /// made: a start waits for this.
    private static boolean isOf(String name, String variable) {
        String flat = name.replace(".", "").replace("-", "").toUpperCase(Locale.ROOT);
        int end = flat.endsWith(ANY_KEY) ? flat.length() - ANY_KEY.length() : flat.length();
        int fixed = flat.contains(ANY_INDEX) ? flat.indexOf(ANY_INDEX) : end;
        return variable.startsWith(flat.substring(0, fixed))
                && Pattern.matches(
                        flat.replace(ANY_INDEX, "\\d+").replaceAll(ANY_KEY + "$", ".+") + "\\d*",
                        variable);
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || (name.endsWith("_PORT") && LINKED_PORT.matcher(value).matches());
    }

    private static StartException problem(SettingTree tree, Set<String> unknown) {
        String sentences =
                unknown.stream()
                        .map(name -> sentence(tree, name))
                        .collect(Collectors.joining("\n"));
        return new StartException(
                sentences, "Correct the name, or remove the setting: it would have no effect.");
    }

    private static String sentence(SettingTree tree, String name) {
        String nearest = NearestName.of(name.replaceAll("\\[\\d+]", "[0]"), tree.names());
        return "%s: no such setting exists. The nearest one is %s.".formatted(name, nearest);
    }
}
