package dev.sonde.attempt.name;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerRotationTest {

    private final ServerRotation servers =
            new ServerRotation(
                    ResolverFile.parse(
                            """
                            nameserver 192.0.2.1
                            nameserver 192.0.2.2
                            options attempts:2
                            """));

    @Test
    void serversAreAskedInTurnAsOftenAsTheFileSays() {
        for (int i = 0; i < servers.tries(); i++) {
            assertThat(servers.isUsedUp()).isFalse();
            assertThat(servers.next().getHostString()).isEqualTo("192.0.2." + (1 + i % 2));
        }
        assertThat(servers.isUsedUp()).isTrue();
        assertThat(servers.askedText()).isEqualTo("192.0.2.1:53, 192.0.2.2:53");
    }

    @Test
    void serverCanBeAskedOnceMore() {
        servers.next();
        servers.again();

        assertThat(servers.next().getHostString()).isEqualTo("192.0.2.1");
        assertThat(servers.askedText()).isEqualTo("192.0.2.1:53");
    }
}
