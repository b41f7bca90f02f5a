package dev.sonde.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.yaml.snakeyaml.error.YAMLException;

/// Describes a start that failed because of something outside of the program: a file, an address, a
/// key, a database or a refused setting.
///
/// It comes after every analyzer that knows the case better. A fault of the program keeps its stack
/// trace.
@Order(Ordered.LOWEST_PRECEDENCE)
final class ResourceFailureAnalyzer extends AbstractFailureAnalyzer<Throwable> {

    private static final String TRACE =
            " The whole trace is logged with --logging.level.org.springframework.boot.diagnostics=debug.";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, Throwable cause) {
        List<Throwable> chain = chain(root);
        if (chain.stream().anyMatch(ResourceFailureAnalyzer::isKnownBetter)) {
            return null;
        }
        String remedy = remedy(chain);
        return remedy == null
                ? null
                : new FailureAnalysis(description(chain), remedy + TRACE, chain.getLast());
    }

    private static List<Throwable> chain(Throwable root) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable at = root; at != null && !chain.contains(at); at = at.getCause()) {
            chain.add(at);
        }
        return chain;
    }

    /// Spring Boot has an analyzer for it, whose place in the order is the same as this one's.
    private static boolean isKnownBetter(Throwable cause) {
        return cause instanceof BindException
                || cause instanceof PortInUseException
                || cause instanceof ConfigDataNotFoundException
                || cause instanceof InvalidConfigurationPropertyValueException;
    }

    /// Null where the program is at fault.
    private static @Nullable String remedy(List<Throwable> chain) {
        for (Throwable each : chain) {
            switch (each) {
                case SQLException _ -> {
                    return "Check that the database runs, and spring.datasource.url, .username and"
                            + " .password.";
                }
                case YAMLException _ -> {
                    return "Correct the file at the line that is named.";
                }
                case IOException _ -> {
                    return "Check that the file or the address exists and that the user of this"
                            + " process may use it.";
                }
                case NoSuchSslBundleException _ -> {
                    return "Define it below spring.ssl.bundle, or name another one.";
                }
                case KeyStoreException missing
                        when missing.getCause() instanceof NoSuchAlgorithmException -> {
                    return "Use PEM files, or a key store of the type PKCS12. PKCS11 needs a"
                            + " provider in java.security: the image has none, so run the jar on"
                            + " a JDK.";
                }
                case GeneralSecurityException _ -> {
                    return "Check the keys and certificates of server.ssl and spring.ssl.bundle.";
                }
                default -> {}
            }
        }
        return isRefusal(chain.getLast()) ? "Correct the setting that is named." : null;
    }

    /// Whether a component refuses a value.
    private static boolean isRefusal(Throwable root) {
        return (root instanceof IllegalArgumentException
                        || root instanceof IllegalStateException
                        || root.getClass() == RuntimeException.class)
                && root.getMessage() != null;
    }

    /// The innermost two sentences: the component, and the reason.
    private static String description(List<Throwable> chain) {
        List<String> sentences =
                chain.stream()
                        .filter(each -> !(each instanceof BeansException))
                        .filter(each -> !(each instanceof ApplicationContextException))
                        .filter(each -> !(each instanceof UncheckedIOException))
                        .map(ResourceFailureAnalyzer::sentence)
                        .distinct()
                        .toList();
        List<String> inner = sentences.subList(Math.max(0, sentences.size() - 2), sentences.size());
        return inner.size() == 2 && inner.getFirst().contains(inner.getLast())
                ? inner.getFirst()
                : String.join(": ", inner);
    }

    private static String sentence(Throwable cause) {
        String text =
                cause instanceof IOException io
                        ? FileProblem.of(io)
                        : String.valueOf(cause.getMessage());
        return text.strip();
    }
}
