package dev.sonde.notification.send;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageWords;
import dev.sonde.notification.message.ServiceFacts;
import java.time.Instant;

/// A message as a mail.
record MailText(Message message, ServiceFacts service, Instant now) {

    private static final int MOST = 100;

    /// One line: a line end would begin another header.
    String subject() {
        return MessageWords.title(message).replaceAll("\\p{Cntrl}", " ").strip();
    }

    String plain() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : message.entries().stream().limit(MOST).toList()) {
            text.append(MessageWords.line(entry, now)).append('\n');
            text.append(service.pageOf(entry.probe())).append("\n\n");
        }
        return text.append(rest()).append("Sonde, ").append(service.url()).append('\n').toString();
    }

    private String rest() {
        int more = message.entries().size() - MOST;
        String suspect = message.suspect() == null ? "" : MessageWords.SUSPECT + "\n\n";
        return (more > 0 ? "and %d more\n\n".formatted(more) : "") + suspect;
    }

    String html() {
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html><body><ul>");
        for (Entry entry : message.entries().stream().limit(MOST).toList()) {
            html.append(
                    "<li><a href=\"%s\">%s</a></li>"
                            .formatted(
                                    escaped(service.pageOf(entry.probe())),
                                    escaped(MessageWords.line(entry, now))));
        }
        return html.append("</ul><p>")
                .append(escaped(rest() + "Sonde, " + service.url()))
                .append("</p></body></html>")
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
