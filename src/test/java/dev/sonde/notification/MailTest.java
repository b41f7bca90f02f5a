package dev.sonde.notification;

import static dev.sonde.probe.finding.ProbeState.DOWN;
import static dev.sonde.probe.finding.ProbeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.sonde.store.NotificationDatabase;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mails on incidents, to a real SMTP server.
class MailTest {

    @TempDir private Path directory;
    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private NotificationDatabase db;
    private Rig rig;

    @BeforeEach
    void open() {
        server.start();
        db = NotificationDatabase.sqlite(directory);
        rig =
                new Rig(
                        db,
                        Map.of(
                                "group-within", "0s",
                                "receivers[0].name", "ops",
                                "receivers[0].type", "mail",
                                "receivers[0].to", "ops@example.com",
                                "receivers[0].from", "sonde@example.com"));
        rig.mail.setPort(server.getSmtp().getPort());
        rig.compare();
        rig.define("a");
        rig.become("a", UP, DOWN);
    }

    @AfterEach
    void close() {
        rig.close();
        db.close();
        server.stop();
    }

    @Test
    void mailHasPlainAndHtmlTextAndTheDelivery() throws Exception {
        rig.mail.setHost("127.0.0.1");
        rig.probes.put("a", new ProbeFacts("<b>\r\nBcc: x@example.com", Map.of(), "down"));
        rig.compareUntilSent();
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("a is down");
        assertThat(mail.getHeader("Sonde-Delivery"))
                .containsExactly(rig.deliveries().getFirst().id());
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(GreenMailUtil.getBody(mail))
                .contains("text/plain", "text/html", "http://sonde/#/probe/a", "&lt;b&gt;");
    }

    @Test
    void addressOfTheServerIsJudged() {
        rig.mail.setHost("127.0.0.2");
        rig.compare();
        Awaitility.await().until(() -> rig.couriers.figures("ops").retried() > 0);
        assertThat(rig.couriers.figures("ops").lastError())
                .startsWith("smtp://127.0.0.2: 127.0.0.2 is denied by policy");
    }
}
