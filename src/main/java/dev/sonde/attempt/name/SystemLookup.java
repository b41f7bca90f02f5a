package dev.sonde.attempt.name;

import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.NameErrorTexts;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One look-up by the C library, timed, with the meaning of its errors. Blocks its thread. Safe for
/// any thread.
final class SystemLookup {

    private static final Logger log = LoggerFactory.getLogger(SystemLookup.class);

    private final Resolver.Lookup lookup;
    private final Ticker ticker;
    private final NameErrorTexts texts;

    SystemLookup(Resolver.Lookup lookup, Ticker ticker, NameErrorTexts texts) {
        this.lookup = lookup;
        this.ticker = ticker;
        this.texts = texts;
    }

    Resolution lookUp(String host) {
        long startedNanos = ticker.read();
        try {
            if (NameResolver.isInvalid(host)) {
                throw new UnknownHostException("a name under .invalid never exists (RFC 6761)");
            }
            List<InetAddress> addresses = List.of(lookup.addressesOf(host));
            return new Resolution.Found(
                    addresses, ticker.read() - startedNanos, NameEvidence.OF_SYSTEM);
        } catch (UnknownHostException e) {
            return new Resolution.Unresolved(
                    unknown(e), ticker.read() - startedNanos, NameEvidence.OF_SYSTEM);
        } catch (RuntimeException e) {
            Outcome ours =
                    new Outcome.NotProbed(
                            NotProbedReason.LOCAL_ERROR,
                            Phase.RESOLVE,
                            "the look-up ended in an unexpected error of this service; its log has"
                                    + " the cause");
            log.atError().setCause(e).log("a look-up failed unexpectedly");
            return new Resolution.Unresolved(ours, ticker.read() - startedNanos);
        }
    }

    /// The texts are those of `gai_strerror(3)`. EAI_AGAIN and EAI_FAIL mean that the name service
    /// failed or did not answer; this call cannot distinguish the two. Any other text means that
    /// the name does not exist or has no address.
    private Outcome unknown(UnknownHostException e) {
        String text = String.valueOf(e.getMessage());
        return texts.isCouldNotTell(text)
                ? new Outcome.Failed(
                        FailureReason.RESOLVE_TIMED_OUT,
                        Phase.RESOLVE,
                        "the name service did not answer or failed: " + text)
                : new Outcome.Failed(
                        FailureReason.NAME_NOT_FOUND,
                        Phase.RESOLVE,
                        "the name does not exist or has no address: " + text);
    }
}
