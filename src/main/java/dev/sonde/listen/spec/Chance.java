package dev.sonde.listen.spec;

import java.util.ArrayList;
import java.util.List;

/// One of two behaviours, drawn for each connection.
///
/// @param probability the share of connections that meet `usual`, 0 to 1
/// @param otherwise the behaviour that the other connections meet
public record Chance(Behaviour usual, double probability, Behaviour otherwise)
        implements Behaviour {

    static final int MOST_BRANCHES = 10;

    public Chance {
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidListenerException(
                    "behaviour.probability", probability, "a number from 0 to 1");
        }
        if (usual instanceof Sequence || otherwise instanceof Sequence) {
            throw new InvalidListenerException(
                    "behaviour.probability",
                    probability,
                    "a sequence is not drawn: give its steps a probability");
        }
        Single.requireAccepting("behaviour", usual);
        Single.requireAccepting("behaviour.otherwise", otherwise);
        if (otherwise.parts().size() >= MOST_BRANCHES) {
            throw new InvalidListenerException(
                    "behaviour.otherwise", null, "at most " + MOST_BRANCHES + " branches");
        }
        Single.requireFailureByConnection("behaviour", usual);
        Single.requireFailureByConnection("behaviour.otherwise", otherwise);
    }

    @Override
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>(usual.parts());
        otherwise.parts().forEach(part -> parts.add(part.under(".otherwise")));
        return parts;
    }

    @Override
    public String type() {
        return usual.type();
    }
}
