package dev.sonde.blackbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The latest answers of `/probe` and, beyond them, the latest failed ones, so that a failure can
/// still be looked at when many successes have followed it. Safe for any thread: every field is
/// guarded by the object's own lock.
final class RecentAnswers {

    /// @param id counted from 0
    record Numbered(long id, Answer answer) {}

    private final int most;
    private final Deque<Numbered> recent = new ArrayDeque<>();
    private final Deque<Numbered> failed = new ArrayDeque<>();
    private long nextId;

    RecentAnswers(int most) {
        this.most = most;
    }

    synchronized void add(Answer answer) {
        recent.addFirst(new Numbered(nextId++, answer));
        if (recent.size() <= most) {
            return;
        }
        Numbered oldest = recent.removeLast();
        if (!oldest.answer().isSuccess() && most > 0) {
            failed.addFirst(oldest);
            if (failed.size() > most) {
                failed.removeLast();
            }
        }
    }

    synchronized Optional<Numbered> byId(long id) {
        return first(numbered -> numbered.id() == id);
    }

    /// The newest of a target.
    ///
    /// @param module the only module wanted; any when absent
    synchronized Optional<Numbered> byTarget(String target, @Nullable String module) {
        return first(
                numbered ->
                        numbered.answer().target().equals(target)
                                && (module == null
                                        || numbered.answer().module().name().equals(module)));
    }

    /// Newest first.
    synchronized List<Numbered> all() {
        List<Numbered> all = new ArrayList<>(recent);
        all.addAll(failed);
        return all;
    }

    private Optional<Numbered> first(Predicate<Numbered> wanted) {
        return all().stream().filter(wanted).findFirst();
    }
}
