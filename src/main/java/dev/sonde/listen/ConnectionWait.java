package dev.sonde.listen;

import dev.sonde.listen.spec.ConnectionView;
import java.time.Duration;
import java.util.function.Predicate;

/// A wish for connections of a listener.
///
/// @param wanted which connections count
/// @param atLeast as many have to be there
/// @param most the longest wait
public record ConnectionWait(Predicate<ConnectionView> wanted, int atLeast, Duration most) {}
