package dev.sonde.check;

import dev.sonde.probe.spec.Target;
import java.util.ArrayList;
import java.util.List;

/// The ports of one entry of a target list, in the order written: `22,80,8000-8010`. A port that is
/// written twice is probed twice.
record PortList(List<Range> ranges) {

    /// Ports that follow one another.
    ///
    /// @param last the range's last port, included
    record Range(int first, int last) {

        Range {
            if (last < first) {
                throw new IllegalArgumentException(
                        "a port range goes upwards: " + last + "-" + first);
            }
        }

        int count() {
            return last - first + 1;
        }
    }

    PortList {
        ranges = List.copyOf(ranges);
    }

    static PortList parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = Target.port(dash < 0 ? part : part.substring(0, dash));
            ranges.add(new Range(first, dash < 0 ? first : Target.port(part.substring(dash + 1))));
        }
        return new PortList(ranges);
    }

    long count() {
        long sum = 0;
        for (Range range : ranges) {
            sum += range.count();
        }
        return sum;
    }

    int at(long index) {
        long left = index;
        for (Range range : ranges) {
            if (left < range.count()) {
                return range.first() + (int) left;
            }
            left -= range.count();
        }
        throw new IndexOutOfBoundsException("no port at " + index);
    }
}
