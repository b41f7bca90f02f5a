package dev.sonde.listen;

import dev.sonde.listen.spec.Limits;
import dev.sonde.tls.TlsServer;
import org.jspecify.annotations.Nullable;

/// The terms of the listener at the accept of a connection.
///
/// @param owner the listener, which takes its connections along when it closes
/// @param remembered how many ended connections are kept
/// @param tls the server of the handshake; absent when payload goes in clear
record ConnectionTerms(
        ConnectionOwner owner, Limits limits, int remembered, @Nullable TlsServer tls) {}
