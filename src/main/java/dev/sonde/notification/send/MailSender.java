package dev.sonde.notification.send;

import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.ServiceFacts;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.policy.ReceiverPolicy;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/// Sends messages by mail, with a plain and an HTML text. Safe for any thread.
///
/// @param settings `spring.mail.*` as they are now
record MailSender(
        Supplier<MailProperties> settings,
        ReceiverPolicy policy,
        Duration timeout,
        Clock clock,
        Supplier<ServiceFacts> service) {

    private static final List<String> PROTOCOLS = List.of("mail.smtp", "mail.smtps");

    Reply send(Channel.Mail mail, Message message) {
        MailProperties properties = settings.get();
        if (properties.getHost() == null) {
            return new Reply.Unavailable("spring.mail.host is not set");
        }
        JavaMailSenderImpl sender = sender(properties);
        String server = "smtp://" + properties.getHost() + ": ";
        try {
            MimeMessage mime = sender.createMimeMessage();
            fill(mime, mail, new MailText(message, service.get(), clock.instant()));
            mime.setHeader("Sonde-Delivery", message.id());
            sender.send(mime);
            return new Reply.Accepted();
        } catch (MailAuthenticationException _) {
            return new Reply.Unavailable(server + "the server refuses the user name or password");
        } catch (MailException | MessagingException e) {
            return new Reply.Unavailable(server + clause(e));
        }
    }

    private static void fill(MimeMessage mime, Channel.Mail mail, MailText text)
            throws MessagingException {
        MimeMessageHelper helper = new MimeMessageHelper(mime, true, StandardCharsets.UTF_8.name());
        helper.setFrom(mail.from());
        helper.setTo(mail.to().toArray(String[]::new));
        helper.setSubject(text.subject());
        helper.setText(text.plain(), text.html());
    }

    private JavaMailSenderImpl sender(MailProperties properties) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost(properties.getHost());
        if (properties.getPort() != null) {
            sender.setPort(properties.getPort());
        }
        sender.setUsername(properties.getUsername());
        sender.setPassword(properties.getPassword());
        sender.setProtocol(properties.getProtocol());
        sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
        sender.setJavaMailProperties(mail(properties));
        return sender;
    }

    private Properties mail(MailProperties properties) {
        Properties mail = new Properties();
        String millis = Long.toString(timeout.toMillis());
        for (String protocol : PROTOCOLS) {
            mail.put(protocol + ".connectiontimeout", millis);
            mail.put(protocol + ".timeout", millis);
            mail.put(protocol + ".writetimeout", millis);
        }
        if (properties.getUsername() != null) {
            mail.put("mail.smtp.auth", "true");
            mail.put("mail.smtps.auth", "true");
        }
        if (properties.getSsl().isEnabled()) {
            mail.put("mail.smtp.ssl.enable", "true");
        }
        mail.putAll(properties.getProperties());
        // Without these, a denied connect would be tried again past the policy.
        mail.keySet().removeIf(key -> String.valueOf(key).contains("ocketFactory"));
        for (String protocol : PROTOCOLS) {
            mail.put(protocol + ".socketFactory", new PolicySockets(policy));
            mail.put(protocol + ".socketFactory.fallback", "false");
        }
        return mail;
    }

    /// The text of a foreign exception may hold a secret.
    private static String clause(Exception failure) {
        Throwable cause = root(failure);
        return switch (cause) {
            case PolicySockets.DeniedException denied -> String.valueOf(denied.getMessage());
            case UnknownHostException _ -> "the host has no address";
            case ConnectException _ -> "the connect failed";
            case SocketTimeoutException _ -> "no answer in time (sonde.notifications.timeout)";
            case SSLException _ -> "the TLS handshake failed";
            default -> "the server did not take the message";
        };
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < 10; i++) {
            Throwable next = next(cause);
            if (next == null) {
                return cause;
            }
            cause = next;
        }
        return cause;
    }

    private static @Nullable Throwable next(Throwable cause) {
        if (cause instanceof org.springframework.mail.MailSendException send
                && send.getMessageExceptions().length > 0) {
            return send.getMessageExceptions()[0];
        }
        return cause.getCause();
    }
}
