package dev.sonde.api.notification;

import dev.sonde.api.request.PageView;
import dev.sonde.api.request.Cursor;
import dev.sonde.api.request.Query;
import dev.sonde.notification.Notifications;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.notification.message.DeliverySearch;
import dev.sonde.probe.keeping.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Messages to receivers.
@RestController
class NotificationController implements NotificationOperations {

    private static final String LIST = "notifications";

    private final Notifications notifications;

    NotificationController(Notifications notifications) {
        this.notifications = notifications;
    }

    /// The annotation stands here too: the framework looks for a body that may be absent at this
    /// method only.
    @Override
    public ResponseEntity<PageView<DeliveryView>> test(
            @RequestBody(required = false) @Nullable TestRequest body) {
        String receiver = body == null ? null : body.receiver();
        List<String> known = notifications.receivers();
        if (receiver != null && !known.contains(receiver)) {
            String message =
                    known.isEmpty()
                            ? "no receiver is configured (sonde.notifications.receivers)"
                            : "one of " + String.join(", ", known);
            throw Query.invalid("receiver", receiver, message);
        }
        List<String> wanted = receiver == null ? known : List.of(receiver);
        return ResponseEntity.accepted()
                .body(
                        new PageView<>(
                                wanted.stream()
                                        .map(each -> DeliveryView.of(notifications.test(each)))
                                        .toList(),
                                null));
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
