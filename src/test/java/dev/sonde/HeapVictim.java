package dev.sonde;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A process that fills its heap in a thread beside the main one.
final class HeapVictim {

    private HeapVictim() {}

    static void main(String[] arguments) throws InterruptedException {
        HeapWatch.start();
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
