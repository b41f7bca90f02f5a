package dev.sonde;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A process that fills its heap in a thread beside the main one, or has another fault there.
final class HeapVictim {

    private HeapVictim() {}

    static void main(String[] arguments) throws InterruptedException {
        HeapWatch.start();
        if (arguments[0].equals("other")) {
            Thread faulty = Thread.ofPlatform().name("faulty").start(() -> List.of().getFirst());
            faulty.join();
            return;
        }
        boolean isCaught = arguments[0].equals("caught");
        List<byte[]> held = new ArrayList<>();
        Thread.ofVirtual().start(() -> fill(held, isCaught));
        new CountDownLatch(1).await();
    }

    private static void fill(List<byte[]> held, boolean isCaught) {
        while (true) {
            try {
                held.add(new byte[10_000]);
            } catch (OutOfMemoryError e) {
                if (!isCaught) {
                    throw e;
                }
            }
        }
    }
}
