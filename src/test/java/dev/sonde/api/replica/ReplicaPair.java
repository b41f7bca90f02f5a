package dev.sonde.api.replica;

import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import dev.sonde.api.HttpCalls;
import dev.sonde.cluster.Replicas;
import dev.sonde.cluster.member.MemberKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/// Two replicas on one PostgreSQL, with mutual TLS between them. The tests that ask for them share
/// them.
public final class ReplicaPair implements AutoCloseable {

    public final Path directory;
    public final EmbeddedPostgres postgres;
    public final MemberKeys keys;
    public final ConfigurableApplicationContext first;
    public final ConfigurableApplicationContext second;
    public final HttpCalls one;
    public final HttpCalls two;

    ReplicaPair() throws IOException, GeneralSecurityException {
        directory = Files.createTempDirectory("replicas");
        keys = MemberKeys.make(directory.resolve("members.p12"));
        Files.writeString(directory.resolve("authority.key"), "A".repeat(43) + "=");
        postgres = EmbeddedPostgres.start();
        Files.writeString(directory.resolve("authority.key"), "A".repeat(43) + "=");
        first = start("one");
        second = start("two");
        one = new HttpCalls(Starter.port(first));
        two = new HttpCalls(Starter.port(second));
        await().until(() -> members(first) == 2 && members(second) == 2);
    }

    /// The port of the first replica's API.
    public int port() {
        return Starter.port(first);
    }

    public List<HttpCalls> both() {
        return List.of(one, two);
    }

    static int members(ConfigurableApplicationContext replica) {
        return replica.getBean(Replicas.class).status().orElseThrow().members().size();
    }

    /// A third replica, which has joined; the caller ends it.
    public ConfigurableApplicationContext join(String name) {
        ConfigurableApplicationContext third = start(name);
        await().until(() -> members(third) == 3 && members(first) == 3 && members(second) == 3);
        return third;
    }

    private ConfigurableApplicationContext start(String name) {
        return Starter.start(
                directory.resolve(name),
                Stream.concat(
                                Stream.of(
                                        "--sonde.replica=" + name,
                                        "--sonde.cluster.enabled=true",
                                        "--sonde.cluster.port=0",
                                        "--sonde.security.trusted-proxies=127.0.0.1",
                                        "--sonde.authority.key-file="
                                                + directory.resolve("authority.key"),
                                        "--spring.datasource.url="
                                                + postgres.getJdbcUrl("postgres", "postgres"),
                                        "--spring.datasource.username=postgres"),
                                keys.arguments().stream())
                        .toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        one.close();
        two.close();
        second.close();
        first.close();
        postgres.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    /// Gives the pair to tests, and ends it after the last of them.
    public static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ReplicaPair.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(ReplicaPair.class))
                    .computeIfAbsent(
                            ReplicaPair.class,
                            _ -> {
                                try {
                                    return new ReplicaPair();
                                } catch (IOException | GeneralSecurityException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            ReplicaPair.class);
        }
    }
}
