package dev.sonde.definition.source;

import dev.sonde.form.InvalidFields;
import dev.sonde.start.HiddenText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads `http_sd`. For one thread.
///
/// @param access the files that may be named
/// @param invalid collects what is wrong
record HttpSourceReader(FileAccess access, InvalidFields invalid) {

    private static final String BASIC = "http_sd.basic_auth";
    private static final String AUTHORIZATION = "http_sd.authorization";
    private static final String TLS = "http_sd.tls_config";
    private static final String HEADERS = "http_sd.http_headers";

    /// An RFC 9110 token.
    private static final String HEADER_NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /// Null where the URL is wrong.
    @Nullable Discovery read(SourceForm.HttpSd form) {
        if (form.url() == null) {
            invalid.add("http_sd.url", null, "is required");
        }
        URI url = invalid.read("http_sd.url", form.url(), HttpSourceReader::url);
        Discovery.Authorization authorization = authorization(form);
        Map<String, List<HiddenText>> headers = headers(form);
        Discovery.Tls tls = form.tlsConfig() == null ? null : tls(form.tlsConfig());
        return url == null ? null : new Discovery.Http(url, authorization, headers, tls);
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // One sentence for all of it.
        }
        throw new IllegalArgumentException(
                "a URL of http or https with a host and without credentials is expected");
    }

    private Discovery.@Nullable Authorization authorization(SourceForm.HttpSd form) {
        SourceForm.BasicAuth basic = form.basicAuth();
        SourceForm.Authorization other = form.authorization();
        if (basic != null && other != null) {
            invalid.add(BASIC, null, "basic_auth and authorization exclude each other");
            return null;
        }
        if (basic != null) {
            HiddenText user = required(BASIC, "username", basic.username(), basic.usernameFile());
            HiddenText password =
                    required(BASIC, "password", basic.password(), basic.passwordFile());
            return new Discovery.Authorization(user, "Basic", password);
        }
        if (other == null) {
            return null;
        }
        return new Discovery.Authorization(
                null,
                Objects.requireNonNullElse(other.type(), "Bearer"),
                required(
                        AUTHORIZATION,
                        "credentials",
                        other.credentials(),
                        other.credentialsFile()));
    }

    private HiddenText required(
            String object, String field, @Nullable String text, @Nullable String file) {
        HiddenText secret = secret(object, field, text, file);
        if (secret == null) {
            invalid.add(object + "." + field, null, "is required, or " + field + "_file");
            return new HiddenText.Inline("");
        }
        return secret;
    }

    private @Nullable HiddenText secret(
            String object, String field, @Nullable String text, @Nullable String file) {
        if (text != null && file != null) {
            invalid.add(
                    object + "." + field,
                    null,
                    field + " and " + field + "_file exclude each other");
        }
        if (text != null) {
            return new HiddenText.Inline(text);
        }
        return file == null ? null : inFile(object + "." + field + "_file", file);
    }

    private HiddenText inFile(String field, String file) {
        return switch (access) {
            case FileAccess.Mounted(Path directory) ->
                    new HiddenText.InFile(directory.resolve(file));
            case FileAccess.Sent _ -> {
                invalid.add(
                        field,
                        file,
                        "a document over HTTP may not name a file with a secret or certificate."
                                + " Write its text, or put the document into a file of"
                                + " sonde.definitions.files");
                yield new HiddenText.Inline("");
            }
        };
    }

    private Map<String, List<HiddenText>> headers(SourceForm.HttpSd form) {
        Map<String, List<HiddenText>> headers = new LinkedHashMap<>();
        Map<String, SourceForm.Header> given =
                Objects.requireNonNullElse(form.httpHeaders(), Map.<String, SourceForm.Header>of());
        given.forEach(
                (name, header) -> {
                    if (!name.matches(HEADER_NAME) || isReserved(name)) {
                        invalid.add(HEADERS, name, "a header of this name cannot be set");
                    }
                    headers.put(name, values(header));
                });
        return headers;
    }

    /// Headers of the connection and of this client.
    private static boolean isReserved(String name) {
        return List.of("authorization", "host", "content-length", "transfer-encoding", "connection")
                .contains(name.toLowerCase(java.util.Locale.ROOT));
    }

    private List<HiddenText> values(SourceForm.Header header) {
        List<HiddenText> values = new ArrayList<>();
        orEmpty(header.values()).forEach(text -> values.add(new HiddenText.Inline(text)));
        orEmpty(header.secrets()).forEach(text -> values.add(new HiddenText.Inline(text)));
        orEmpty(header.files()).forEach(file -> values.add(inFile(HEADERS, file)));
        return values;
    }

    private static List<String> orEmpty(@Nullable List<String> given) {
        return given == null ? List.of() : given;
    }

    private Discovery.Tls tls(SourceForm.Tls form) {
        HiddenText certificate = secret(TLS, "cert", form.cert(), form.certFile());
        HiddenText key = secret(TLS, "key", form.key(), form.keyFile());
        if ((certificate == null) != (key == null)) {
            invalid.add(TLS, null, "cert and key belong together");
        }
        return new Discovery.Tls(
                secret(TLS, "ca", form.ca(), form.caFile()),
                certificate,
                key,
                form.serverName(),
                Boolean.TRUE.equals(form.insecureSkipVerify()));
    }
}
