package dev.sonde.blackbox;

import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Weight;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The latest answers of `/probe` and, beyond them, the latest failed ones. A failure therefore
/// remains readable after many successes. Safe for any thread: the object's own lock guards every
/// field.
final class RecentAnswers {

    private static final int OWN_BYTES = 128;

    /// @param id counted from 0; among several replicas it names its replica too
    record Numbered(long id, Answer answer) {}

    private final int most;
    private final HeapShare memory;
    private final LongUnaryOperator ids;
    private final Deque<Numbered> recent = new ArrayDeque<>();
    private final Deque<Numbered> failed = new ArrayDeque<>();
    private final AnsweredModules modules;
    private long nextId;

    /// @param ids makes the id of a number
    RecentAnswers(int most, HeapShare memory, LongUnaryOperator ids) {
        this.ids = ids;
        this.most = most;
        this.memory = memory;
        this.modules = new AnsweredModules(memory);
    }

    synchronized void add(Answer answer) {
        recent.addFirst(new Numbered(ids.applyAsLong(nextId++), answer));
        memory.take(weight(answer));
        modules.add(answer.module());
        if (recent.size() > most) {
            putAside(recent.removeLast());
        }
        while (memory.isOver() && recent.size() + failed.size() > 1) {
            drop((failed.isEmpty() ? recent : failed).removeLast());
            memory.countDropped(1);
        }
    }

    private void putAside(Numbered oldest) {
        if (oldest.answer().isSuccess() || most == 0) {
            drop(oldest);
            return;
        }
        failed.addFirst(oldest);
        if (failed.size() > most) {
            drop(failed.removeLast());
        }
    }

    private void drop(Numbered numbered) {
        memory.giveBack(weight(numbered.answer()));
        modules.remove(numbered.answer().module());
    }

    /// Without the module, which several answers share.
    private static int weight(Answer answer) {
        ProbeResult result = answer.result();
        return OWN_BYTES
                + Weight.of(answer.target())
                + Weight.of(answer.problem())
                + (result == null ? 0 : Weight.of(result));
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

    /// All kept answers, newest first.
    synchronized List<Numbered> all() {
        List<Numbered> all = new ArrayList<>(recent);
        all.addAll(failed);
        return all;
    }

    private Optional<Numbered> first(Predicate<Numbered> wanted) {
        return all().stream().filter(wanted).findFirst();
    }
}
