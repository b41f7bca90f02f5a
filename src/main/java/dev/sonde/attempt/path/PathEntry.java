package dev.sonde.attempt.path;

import dev.sonde.attempt.admission.AdmissionTicket;
import dev.sonde.policy.Decision;

/// The way of each SYN into the engine: the policy, then the rates and a slot.
public interface PathEntry {

    Decision decide();

    /// The ticket of one SYN.
    ///
    /// @param whenAdmitted run once a slot is free, on the thread of its previous holder
    AdmissionTicket ticket(Runnable whenAdmitted);
}
