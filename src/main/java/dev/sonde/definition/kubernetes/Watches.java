package dev.sonde.definition.kubernetes;

import dev.sonde.definition.source.SourceException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The informers of one source and their client. For one thread but for `close`.
final class Watches implements AutoCloseable {

    private final KubernetesClient client;
    private final Runnable observer;
    private final List<SharedIndexInformer<? extends HasMetadata>> informers = new ArrayList<>();
    private CompletableFuture<Void> whenListed = CompletableFuture.completedFuture(null);

    /// Written by informers' threads, read by the finding one.
    private volatile @Nullable String failure;

    /// @param observer is called when an object has changed
    Watches(KubernetesClient client, Runnable observer) {
        this.client = client;
        this.observer = observer;
    }

    /// @param namespace all where null
    /// @param selector of labels; everything where null
    <T extends HasMetadata> void add(
            Class<T> type, @Nullable String namespace, @Nullable String selector) {
        var all = client.resources(type);
        var some = namespace == null ? all.inAnyNamespace() : all.inNamespace(namespace);
        SharedIndexInformer<T> informer =
                (selector == null ? some : some.withLabelSelector(selector)).runnableInformer(0);
        informer.addEventHandler(new Handler<>());
        informer.exceptionHandler(
                (_, thrown) -> {
                    failure = String.valueOf(thrown.getMessage());
                    return true;
                });
        informers.add(informer);
    }

    /// Notifies the observer of each change.
    private final class Handler<T> implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T object) {
            observer.run();
        }

        @Override
        public void onUpdate(T before, T after) {
            observer.run();
        }

        @Override
        public void onDelete(T object, boolean isStateUnknown) {
            observer.run();
        }
    }

    void start() {
        whenListed =
                CompletableFuture.allOf(
                        informers.stream()
                                .map(each -> each.start().toCompletableFuture())
                                .toArray(CompletableFuture[]::new));
    }

    boolean isRunning() {
        return informers.stream().allMatch(SharedIndexInformer::isRunning);
    }

    /// Waits for the first lists, and requires that every change since is seen.
    void requireCurrent(Duration timeout) throws SourceException {
        try {
            whenListed.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException("the source has ended", e);
        } catch (ExecutionException e) {
            throw new SourceException(sentence(message(e)), e);
        } catch (TimeoutException e) {
            throw new SourceException(
                    sentence(
                            "no list within %s (sonde.definitions.source-timeout)"
                                    .formatted(timeout)),
                    e);
        }
        if (!informers.stream().allMatch(each -> each.hasSynced() && each.isWatching())) {
            throw new SourceException(sentence("the watch is interrupted"));
        }
        failure = null;
    }

    private static String message(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return String.valueOf((cause == null ? failed : cause).getMessage());
    }

    private String sentence(String usual) {
        String known = failure;
        return "the Kubernetes API server: " + (known == null ? usual : known);
    }

    /// All objects of a type.
    <T extends HasMetadata> Stream<T> objects(Class<T> type) {
        return informers.stream()
                .filter(each -> each.getApiTypeClass() == type)
                .flatMap(each -> each.getStore().list().stream())
                .map(type::cast);
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        client.close();
    }
}
