package dev.sonde.api.notification;

import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Query;
import dev.sonde.notification.Notifications;
import dev.sonde.notification.message.DeliverySearch;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.probe.keeping.Page;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Messages to receivers.
@RestController
class NotificationController implements NotificationOperations {

    private static final String LIST = "notifications";

    private final Notifications notifications;

    NotificationController(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public ResponseEntity<DeliveryView> test(TestRequest body) {
        String named = body.receiver();
        List<String> known = notifications.receivers();
        if (named == null && known.isEmpty()) {
            return ResponseEntity.noContent().build();
        }
        String receiver = named == null && known.size() == 1 ? known.getFirst() : named;
        if (receiver == null || !known.contains(receiver)) {
            String message =
                    known.isEmpty()
                            ? "no receiver is configured (sonde.notifications.receivers)"
                            : "one of " + String.join(", ", known);
            throw Query.invalid("receiver", receiver, message);
        }
        return ResponseEntity.accepted().body(DeliveryView.of(notifications.test(receiver)));
    }

    @Override
    public PageView<DeliveryView> list(NotificationParameters parameters) {
        Page<MessageDelivery> page =
                notifications.list(
                        new DeliverySearch(
                                parameters.wanted(),
                                parameters.receiver(),
                                Cursor.place(LIST, parameters.cursor()),
                                Query.limit(parameters.limit())));
        return PageView.of(page, LIST, DeliveryView::of);
    }
}
