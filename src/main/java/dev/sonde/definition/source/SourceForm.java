package dev.sonde.definition.source;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A source as a person writes it. The fields below `file_sd`, `http_sd` and `relabel_configs` have
/// Prometheus' names.
///
/// @param status ignored: an answer shows it
record SourceForm(
        @Nullable String name,
        @JsonProperty("file_sd") @Nullable FileSd fileSd,
        @JsonProperty("http_sd") @Nullable HttpSd httpSd,
        @Nullable KubernetesSd kubernetes,
        @JsonProperty("relabel_configs") @Nullable List<Relabel> relabelConfigs,
        @Nullable ObjectNode probe,
        @Nullable JsonNode status) {

    record FileSd(
            @Nullable List<String> files,
            @JsonAlias("refresh_interval") @Nullable String refresh) {}

    record HttpSd(
            @Nullable String url,
            @JsonAlias("refresh_interval") @Nullable String refresh,
            @Nullable Authorization authorization,
            @JsonProperty("basic_auth") @Nullable BasicAuth basicAuth,
            @JsonProperty("http_headers") @Nullable Map<String, Header> httpHeaders,
            @JsonProperty("tls_config") @Nullable Tls tlsConfig) {}

    record Authorization(
            @Nullable String type,
            @Nullable String credentials,
            @JsonProperty("credentials_file") @Nullable String credentialsFile) {}

    record BasicAuth(
            @Nullable String username,
            @JsonProperty("username_file") @Nullable String usernameFile,
            @Nullable String password,
            @JsonProperty("password_file") @Nullable String passwordFile) {}

    record Header(
            @Nullable List<String> values,
            @Nullable List<String> secrets,
            @Nullable List<String> files) {}

    record Tls(
            @Nullable String ca,
            @JsonProperty("ca_file") @Nullable String caFile,
            @Nullable String cert,
            @JsonProperty("cert_file") @Nullable String certFile,
            @Nullable String key,
            @JsonProperty("key_file") @Nullable String keyFile,
            @JsonProperty("server_name") @Nullable String serverName,
            @JsonProperty("insecure_skip_verify") @Nullable Boolean insecureSkipVerify) {}

    record KubernetesSd(
            @Nullable String role,
            @Nullable List<String> namespaces,
            @Nullable String labelSelector,
            @Nullable String refresh) {}

    record Relabel(
            @JsonProperty("source_labels") @Nullable List<String> sourceLabels,
            @Nullable String separator,
            @JsonProperty("target_label") @Nullable String targetLabel,
            @Nullable String regex,
            @Nullable Long modulus,
            @Nullable String replacement,
            @Nullable String action) {}
}
