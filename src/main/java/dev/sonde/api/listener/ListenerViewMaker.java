package dev.sonde.api.listener;

import dev.sonde.form.BehaviourForm;
import dev.sonde.form.DurationText;
import dev.sonde.form.LimitsForm;
import dev.sonde.form.ListenerTlsForm;
import dev.sonde.form.RecordForm;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.security.SentBytes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The answers about listeners: views, tags, and the problem of an unknown name. Safe for any
/// thread.
final class ListenerViewMaker {

    private ListenerViewMaker() {}

    static ListenerView of(ListenerStatus status) {
        StoredListener definition = status.definition();
        ListenerSpec spec = definition.spec();
        Duration ttl = spec.ttl();
        ListenerStatus.Queue queue = status.queue();
        ListenerStatus.Failure failure = status.failure();
        return new ListenerView(
                spec.name(),
                AddressText.of(spec.bind()),
                new BacklogView(spec.backlog(), queue == null ? null : queue.limit()),
                shown(BehaviourForm.of(spec.behaviour())),
                LimitsForm.of(spec.limits()),
                ttl == null ? null : DurationText.format(ttl),
                RecordForm.of(spec.record()),
                ListenerTlsForm.of(spec.tls()),
                spec.labels().isEmpty() ? null : new TreeMap<>(spec.labels()),
                status.state().label(),
                failure == null ? null : failure.problem().label(),
                failure == null ? null : failure.detail(),
                text(status.address()),
                text(status.previousAddress()),
                queue == null ? null : AcceptQueueView.of(queue),
                ListenerCountsView.of(status.connections()),
                definition.since().truncatedTo(ChronoUnit.MILLIS),
                millis(definition.expiresAt()),
                Objects.requireNonNullElse(definition.source(), "api"),
                definition.isOfAll() ? ListenerView.ALL : null,
                null,
                null);
    }

    /// Changes with the definition, not with what connects.
    static String etag(StoredListener definition) {
        Instant since = definition.since();
        return "\"%x-%x\"".formatted(since.getEpochSecond(), since.getNano());
    }

    private static @Nullable Instant millis(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable String text(@Nullable InetSocketAddress address) {
        return address == null ? null : AddressText.of(address);
    }

    private static BehaviourForm shown(BehaviourForm behaviour) {
        return SentBytes.areShown() ? behaviour : behaviour.withoutSent();
    }

    static ProblemException unknown() {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                "no listener has this name: it never existed or was deleted");
    }
}
