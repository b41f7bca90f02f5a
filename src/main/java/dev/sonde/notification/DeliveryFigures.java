package dev.sonde.notification;

import dev.sonde.notification.send.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The figures of all receivers, and the log of what changes in them. Safe for any thread.
final class DeliveryFigures {

    private static final Logger log = LoggerFactory.getLogger(DeliveryFigures.class);

    private final Map<String, ReceiverFigures> figures = new ConcurrentHashMap<>();

    ReceiverFigures of(String receiver) {
        return figures.getOrDefault(receiver, ReceiverFigures.NONE);
    }

    void count(String receiver, Reply reply, Instant now) {
        ReceiverFigures before = of(receiver);
        switch (reply) {
            case Reply.Accepted() -> {
                add(receiver, ReceiverFigures::plusDelivered);
                if (before.failingSince() != null) {
                    log.atInfo().addKeyValue("receiver", receiver).log("messages arrive again");
                }
            }
            case Reply.Refused(String error) -> {
                add(receiver, it -> it.plusFailed(now, error));
                warn(receiver, error, "a receiver refuses a message, which is not sent again");
            }
            case Reply.Unavailable(String error, Duration _) -> {
                add(receiver, it -> it.plusRetried(now, error));
                if (before.failingSince() == null) {
                    warn(receiver, error, "a message was not delivered and is sent again");
                }
            }
        }
    }

    private static void warn(String receiver, String error, String sentence) {
        log.atWarn().addKeyValue("receiver", receiver).addKeyValue("cause", error).log(sentence);
    }

    private void add(String receiver, UnaryOperator<ReceiverFigures> change) {
        figures.compute(
                receiver, (_, known) -> change.apply(known == null ? ReceiverFigures.NONE : known));
    }
}
