package dev.sonde.attempt.name;

import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// The question of one query, as a message and against an answer. Confined to one thread.
final class DnsQuestion {

    /// The size that passes every path unfragmented (DNS flag day 2020).
    private static final int UDP_BYTES = 1_232;

    private final Record asked;
    private boolean withEdns = true;

    DnsQuestion(Record asked) {
        this.asked = asked;
    }

    Name name() {
        return asked.getName();
    }

    Message message() {
        Message message = plain();
        if (withEdns) {
            message.addRecord(new OPTRecord(UDP_BYTES, 0, 0), Section.ADDITIONAL);
        }
        return message;
    }

    /// The message without EDNS.
    Message plain() {
        return Message.newQuery(asked);
    }

    /// Leaves EDNS out from now on: the server is from before it.
    ///
    /// @return false where it was left out already
    boolean dropEdns() {
        boolean had = withEdns;
        withEdns = false;
        return had;
    }

    /// Whether a message answers this question: anybody may send one.
    boolean isAnsweredBy(Message message) {
        Record named = message.getQuestion();
        return message.getHeader().getFlag(Flags.QR)
                && (named == null ? message.getRcode() != Rcode.NOERROR : named.equals(asked));
    }
}
