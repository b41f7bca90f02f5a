import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A class file without the tables of its local variables, which only a debugger reads, and without
/// the texts of these; the table of its lines may be left out too, as in the image's JDK. All else
/// stays byte for byte (JVMS 4).
final class SlimClass {

    private static final Set<String> TABLES =
            Set.of("LocalVariableTable", "LocalVariableTypeTable");
    private static final String LINES = "LineNumberTable";
    private static final Set<String> WITHOUT_TEXTS = Set.of(LINES, "StackMapTable");
    private static final String CODE = "Code";
    private static final byte TEXT = 1;

    private final ByteBuffer in;
    private final ByteBuffer out;
    private final boolean hasLines;
    private final Map<Integer, String> texts = new HashMap<>();

    /// The numbers of texts that are, or could be, in use.
    private final BitSet used = new BitSet();

    private SlimClass(byte[] bytes, boolean hasLines) {
        this.hasLines = hasLines;
        this.in = ByteBuffer.wrap(bytes);
        this.out = ByteBuffer.allocate(bytes.length);
    }

    static byte[] of(byte[] bytes, boolean hasLines) {
        SlimClass tables = new SlimClass(bytes, hasLines);
        return new SlimClass(tables.withoutTables(), hasLines).withTexts(tables.used);
    }

    /// A text without use becomes an empty one, so that the others keep their numbers.
    private byte[] withTexts(BitSet wanted) {
        copy(8);
        int count = copyCount();
        for (int i = 1, kind; i < count; i += numbers(kind)) {
            int at = in.position();
            kind = in.get(at);
            if (kind == TEXT && !wanted.get(i)) {
                out.put(TEXT).putShort((short) 0);
                in.position(at + constantBytes());
            } else {
                copy(constantBytes());
            }
        }
        copy(in.remaining());
        return copied();
    }

    private byte[] withoutTables() {
        copy(8); // magic number and version
        int count = copyCount();
        for (int i = 1, kind; i < count; i += numbers(kind)) {
            kind = in.get(in.position());
            noteConstant(i);
            copy(constantBytes());
        }
        copy(6); // access flags, this class, its superclass
        copy(copyCount() * 2); // interfaces
        copyMembers();
        copyMembers();
        copyAttributes();
        return copied();
    }

    private byte[] copied() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int numbers(int kind) {
        return kind == 5 || kind == 6 ? 2 : 1;
    }

    private int constantBytes() {
        int at = in.position();
        return switch (in.get(at)) {
            case TEXT -> 3 + number(at + 1);
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
            case 5, 6 -> 9;
            case 7, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            default -> throw new IllegalArgumentException("constant of kind " + in.get(at));
        };
    }

    private void noteConstant(int index) {
        int at = in.position();
        switch (in.get(at)) {
            case TEXT -> {
                int length = number(at + 1);
                texts.put(
                        index, new String(in.array(), at + 3, length, StandardCharsets.ISO_8859_1));
            }
            case 7, 8, 16, 19, 20 -> used.set(number(at + 1));
            case 12 -> {
                used.set(number(at + 1));
                used.set(number(at + 3));
            }
            default -> {}
        }
    }

    private void copyMembers() {
        for (int left = copyCount(); left > 0; left--) {
            used.set(number(in.position() + 2));
            used.set(number(in.position() + 4));
            copy(6);
            copyAttributes();
        }
    }

    private void copyAttributes() {
        int countAt = out.position();
        int count = copyCount();
        int kept = count;
        for (int left = count; left > 0; left--) {
            int at = in.position();
            String name = texts.get(number(at));
            int length = in.getInt(at + 2);
            if (TABLES.contains(name) || (LINES.equals(name) && !hasLines)) {
                in.position(at + 6 + length);
                kept--;
                continue;
            }
            used.set(number(at));
            if (CODE.equals(name)) {
                copyCode();
            } else {
                if (!WITHOUT_TEXTS.contains(name)) {
                    noteAll(at + 6, length);
                }
                copy(6 + length);
            }
        }
        out.putShort(countAt, (short) kept);
    }

    /// Every pair of bytes could be the number of a text.
    private void noteAll(int from, int length) {
        for (int at = from; at + 1 < from + length; at++) {
            used.set(number(at));
        }
    }

    private void copyCode() {
        int lengthAt = out.position() + 2;
        copy(6 + 4); // sizes of stack and locals
        copy(4 + in.getInt(in.position()));
        copy(copyCount() * 8); // handlers of exceptions
        copyAttributes();
        out.putInt(lengthAt, out.position() - lengthAt - 4);
    }

    private int copyCount() {
        int count = number(in.position());
        copy(2);
        return count;
    }

    private int number(int at) {
        return in.getShort(at) & 0xFFFF;
    }

    private void copy(int length) {
        out.put(in.array(), in.position(), length);
        in.position(in.position() + length);
    }
}
