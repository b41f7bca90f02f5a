package dev.sonde.blackbox;

import org.jspecify.annotations.Nullable;

/// `tls_config` of a module, as blackbox_exporter has it.
record TlsSection(
        @Nullable String ca,
        @Nullable String caFile,
        @Nullable String caRef,
        @Nullable String cert,
        @Nullable String certFile,
        @Nullable String certRef,
        @Nullable String key,
        @Nullable String keyFile,
        @Nullable String keyRef,
        @Nullable String serverName,
        @Nullable String insecureSkipVerify,
        @Nullable String minVersion,
        @Nullable String maxVersion) {}
