package dev.sonde.blackbox;

import dev.sonde.blackbox.modules.Module;
import dev.sonde.memory.HeapShare;
import dev.sonde.memory.Weigher;
import java.util.IdentityHashMap;

/// The modules that kept answers refer to. After the file has been read again, only the answers
/// keep an earlier module. Each module is weighed once. Not thread-safe.
final class AnsweredModules {

    private final HeapShare memory;
    private final IdentityHashMap<Module, Kept> kept = new IdentityHashMap<>();

    private record Kept(int answers, long bytes) {
        Kept and(int more) {
            return new Kept(answers + more, bytes);
        }
    }

    AnsweredModules(HeapShare memory) {
        this.memory = memory;
    }

    void add(Module module) {
        Kept before = kept.get(module);
        if (before == null) {
            long bytes = Weigher.of(module);
            memory.take(bytes);
            kept.put(module, new Kept(1, bytes));
        } else {
            kept.put(module, before.and(1));
        }
    }

    void remove(Module module) {
        Kept before = kept.remove(module);
        if (before == null) {
            return;
        }
        if (before.answers() == 1) {
            memory.giveBack(before.bytes());
        } else {
            kept.put(module, before.and(-1));
        }
    }
}
