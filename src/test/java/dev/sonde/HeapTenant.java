package dev.sonde;

import java.util.ArrayList;
import java.util.List;

/// A process with garbage in its old generation, which it returns.
final class HeapTenant {

    private static final int MEBI = 1_048_576;
    private static final long LITTLE = 40L * MEBI;

    /// Written so that the compiler cannot leave the pieces out.
    @SuppressWarnings("unused")
    private static volatile List<byte[]> pieces = new ArrayList<>();

    private HeapTenant() {}

    static void main() {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            kept.add(new byte[MEBI]);
        }
        pieces = kept;
        kept = List.of();
        pieces = kept;
        HeapReturn.begin().orElseThrow().look();
        boolean isLittle = Runtime.getRuntime().totalMemory() < LITTLE;
        System.out.println(isLittle ? "returned" : Runtime.getRuntime().totalMemory() + " bytes");
    }
}
