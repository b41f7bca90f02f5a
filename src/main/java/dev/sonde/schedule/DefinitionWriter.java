package dev.sonde.schedule;

import dev.sonde.memory.HeapShare;
import dev.sonde.memory.Weigher;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.spec.ProbeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Stores definitions and puts them into effect. For one thread at a time.
record DefinitionWriter(ProbeBook book, ProbeStore store) {

    void save(List<ProbeDefinition> definitions) {
        save(definitions, List.of(), () -> {});
    }

    /// Replaces, creates and deletes in one transaction with `more`.
    void save(List<ProbeDefinition> definitions, List<String> deleted, Runnable more) {
        SharedValues shared = book.shared();
        List<ProbeDefinition> held = definitions.stream().map(shared::hold).toList();
        try {
            requireRoom(held);
            saveHeld(held, deleted, more);
        } catch (RuntimeException e) {
            held.forEach(shared::release);
            throw e;
        }
    }

    /// The present definition counts until its successor is stored.
    private void requireRoom(List<ProbeDefinition> held) {
        HeapShare memory = book.shared().memory();
        if (!memory.isOver()) {
            return;
        }
        long grown = 0;
        for (ProbeDefinition after : held) {
            ProbeDefinition before = book.defined(after.name());
            grown += Weigher.of(after.spec()) - (before == null ? 0 : Weigher.of(before.spec()));
        }
        if (grown > 0) {
            memory.countRefused();
            throw new DefinitionsFullException(memory);
        }
    }

    private void saveHeld(List<ProbeDefinition> held, List<String> deleted, Runnable more) {
        Map<Boolean, List<ProbeDefinition>> byExisting = new HashMap<>();
        for (ProbeDefinition definition : held) {
            byExisting
                    .computeIfAbsent(book.find(definition.name()) != null, _ -> new ArrayList<>())
                    .add(definition);
        }
        List<ProbeDefinition> created = byExisting.getOrDefault(false, List.of());
        List<ProbeDefinition> replaced = byExisting.getOrDefault(true, List.of());
        store.change(created, replaced, deleted, more);
        deleted.forEach(book::remove);
        book.plan(created.stream().map(book::addNew).toList());
        replaced.forEach(book::replace);
    }
}
