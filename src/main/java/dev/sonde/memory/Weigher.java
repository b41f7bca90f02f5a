package dev.sonde.memory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An estimate of the heap that a value takes, rather too high. Records count by their components,
/// texts and collections by their sizes. A new component of a record counts without a change here.
/// An estimate takes microseconds, so it serves definitions, not results.
public final class Weigher {

    private static final int OBJECT = 24;
    private static final int REFERENCE = 8;
    private static final int TEXT = 40;
    private static final int ENTRY = 48;
    private static final int OTHER = 64;

    /// Heap of a compiled pattern for each character of its text.
    private static final int COMPILED = 32;

    /// The accessors of a record's components that refer to something.
    private static final ClassValue<Method[]> REFERRING =
            new ClassValue<>() {
                @Override
                protected Method[] computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents())
                            .filter(component -> !component.getType().isPrimitive())
                            .map(RecordComponent::getAccessor)
                            .filter(Method::trySetAccessible)
                            .toArray(Method[]::new);
                }
            };

    private Weigher() {}

    /// The heap of a value and all that it is made of, in bytes.
    public static long of(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Enum<?> _ -> 0;
            case String text -> TEXT + text.length();
            case byte[] bytes -> OBJECT + bytes.length;
            case ByteBuffer buffer -> OTHER + buffer.capacity();
            case Collection<?> items -> OBJECT + sum(items);
            case Map<?, ?> map -> OBJECT + (long) ENTRY * map.size() + sum(map);
            case Record record -> ofRecord(record);
            default -> ofOther(value);
        };
    }

    private static long sum(Collection<?> items) {
        long sum = 0;
        for (Object item : items) {
            sum += REFERENCE + of(item);
        }
        return sum;
    }

    private static long sum(Map<?, ?> map) {
        return sum(map.keySet()) + sum(map.values());
    }

    private static long ofRecord(Record record) {
        long sum = OBJECT + (long) REFERENCE * record.getClass().getRecordComponents().length;
        for (Method accessor : REFERRING.get(record.getClass())) {
            try {
                sum += of(accessor.invoke(record));
            } catch (IllegalAccessException | InvocationTargetException _) {
                // An accessor of a record that is there neither hides nor throws.
                sum += OTHER;
            }
        }
        return sum;
    }

    private static long ofOther(Object value) {
        boolean isOfThePlatform = value.getClass().getName().startsWith("java.");
        return isOfThePlatform ? OTHER : OTHER + (long) COMPILED * value.toString().length();
    }
}
