package dev.sonde.probe.finding;

import dev.sonde.probe.expect.Judgement;
import dev.sonde.probe.expect.Unmet;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.PathReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An estimate of a finding's heap in bytes, rather too high: parts that several findings share
/// count for each. It allocates nothing and is quick enough for every result.
public final class Weight {

    private static final int RESULT = 200;

    /// With its evidence, its addresses and its outcome.
    private static final int ATTEMPT = 640;

    private static final int PHASE = 32;
    private static final int MOMENT = 56;

    /// A report whose fields are numbers and words from closed lists.
    private static final int REPORT = 160;

    private static final int CERTIFICATE = 320;
    private static final int ENTRY = 48;
    private static final int TEXT = 56;

    /// With two texts of an address.
    private static final int HOP = 320;

    private Weight() {}

    /// The weight of a result.
    public static int of(ProbeResult result) {
        int sum = RESULT + of(result.target().host());
        List<AttemptResult> attempts = result.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            sum += of(attempts.get(i));
        }
        Judgement judgement = result.judgement();
        return judgement == null ? sum : sum + of(judgement);
    }

    private static int of(Judgement judgement) {
        int sum = ENTRY;
        List<Unmet> unmet = judgement.unmet();
        for (int i = 0; i < unmet.size(); i++) {
            sum += ENTRY + of(unmet.get(i).expected()) + of(unmet.get(i).found());
        }
        return sum;
    }

    /// Of a text, of which each character may take two bytes.
    public static int of(@Nullable String text) {
        return text == null ? 0 : TEXT + 2 * text.length();
    }

    /// The weight of a peer's certificates.
    public static int of(List<CertificateFacts> chain) {
        int sum = 0;
        for (int i = 0; i < chain.size(); i++) {
            sum += of(chain.get(i));
        }
        return sum;
    }

    private static int of(AttemptResult attempt) {
        int sum =
                ATTEMPT
                        + PHASE * attempt.phases().size()
                        + MOMENT * attempt.timeline().size()
                        + of(attempt.outcome().detail());
        List<StepReport> reports = attempt.reports();
        for (int i = 0; i < reports.size(); i++) {
            sum += of(reports.get(i));
        }
        List<Asked> asked = attempt.evidence().asked();
        for (int i = 0; i < asked.size(); i++) {
            sum += ENTRY + of(asked.get(i).answer());
        }
        NameEvidence lookup = attempt.lookup();
        if (lookup != null) {
            sum += of(lookup);
        }
        PathReport path = attempt.path();
        return path == null ? sum : sum + REPORT + HOP * path.hops().size();
    }

    private static int of(NameEvidence lookup) {
        int sum = REPORT + of(lookup.server());
        List<String> aliases = lookup.aliases();
        for (int i = 0; aliases != null && i < aliases.size(); i++) {
            sum += ENTRY + of(aliases.get(i));
        }
        return sum;
    }

    private static int of(StepReport report) {
        return REPORT
                + switch (report) {
                    case TlsReport tls -> of(tls.serverName()) + of(tls.chain());
                    case DialogueReport dialogue ->
                            of(dialogue.labels()) + ofTexts(dialogue.outline());
                    case ObserveReport _, HoldReport _, FloodReport _ -> 0;
                };
    }

    private static int ofTexts(List<String> texts) {
        int sum = 0;
        for (int i = 0; i < texts.size(); i++) {
            sum += of(texts.get(i));
        }
        return sum;
    }

    private static int of(Map<String, String> labels) {
        int sum = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            sum += ENTRY + of(label.getKey()) + of(label.getValue());
        }
        return sum;
    }

    private static int of(CertificateFacts facts) {
        int sum = CERTIFICATE + of(facts.subject()) + of(facts.issuer());
        for (String name : facts.names()) {
            sum += ENTRY + of(name);
        }
        return sum;
    }
}
