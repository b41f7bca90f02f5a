{{- define "sonde.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "sonde.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "sonde.name" .) | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "sonde.selector" -}}
app.kubernetes.io/name: {{ include "sonde.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "sonde.labels" -}}
{{ include "sonde.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "sonde.namespace" -}}
{{- .Values.namespaceOverride | default .Release.Namespace -}}
{{- end -}}

{{- /* The start of metadata: name, namespace, labels. Takes a list: the context, a suffix of the name, further labels. */ -}}
{{- define "sonde.metadata" -}}
{{- $context := index . 0 -}}
name: {{ include "sonde.fullname" $context }}{{ index . 1 }}
namespace: {{ include "sonde.namespace" $context }}
labels:
  {{- include "sonde.labels" $context | nindent 2 }}
  {{- if gt (len .) 2 }}
  {{- with index . 2 }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- end }}
{{- end -}}

{{- define "sonde.image" -}}
{{- with .Values.image.registry | default .Values.global.imageRegistry }}{{ . }}/{{ end -}}
{{- .Values.image.repository -}}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end -}}
{{- end -}}

{{- define "sonde.pullSecrets" -}}
{{- with concat .Values.global.imagePullSecrets .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "sonde.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "sonde.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "sonde.isDaemonSet" -}}
{{- if eq .Values.kind "DaemonSet" -}}true{{- end -}}
{{- end -}}

{{- /* The module file: config.modules or modules, as text. Empty where there is none of the chart's own. */ -}}
{{- define "sonde.modules" -}}
{{- if .Values.config.modules -}}
{{- toYaml (dict "modules" .Values.config.modules) -}}
{{- else -}}
{{- .Values.modules -}}
{{- end -}}
{{- end -}}
{{- define "sonde.hasModules" -}}
{{- if or (include "sonde.modules" .) .Values.modulesExistingConfigMap .Values.modulesExistingSecret -}}true{{- end -}}
{{- end -}}

{{- /* The document of definitions, as text. Empty where there is none of the chart's own. */ -}}
{{- define "sonde.definitions" -}}
{{- with .Values.definitions -}}
{{- if or .probes .listeners .sources -}}
{{- toYaml (omit . "existingConfigMap" "rbac" (ternary "" "sources" (not (empty .sources)))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- define "sonde.hasDefinitions" -}}
{{- if or (include "sonde.definitions" .) .Values.definitions.existingConfigMap -}}true{{- end -}}
{{- end -}}

{{- /* The receivers of notifications, of "notifications" and of "config", as YAML: receivers. */ -}}
{{- define "sonde.receivers" -}}
{{- $all := (default dict .Values.notifications).receivers | default list -}}
{{- $sonde := .Values.config.sonde -}}
{{- if kindIs "map" $sonde -}}
{{- if kindIs "map" $sonde.notifications -}}
{{- if kindIs "slice" $sonde.notifications.receivers -}}
{{- $all = concat $all $sonde.notifications.receivers -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml (dict "receivers" $all) -}}
{{- end -}}

{{- define "sonde.tokenSecret" -}}
{{- .Values.security.existingSecret | default (printf "%s-tokens" (include "sonde.fullname" .)) -}}
{{- end -}}

{{- /* Whether callers are known by tokens of a Secret, and whether the chart has to make it. */ -}}
{{- define "sonde.hasTokens" -}}
{{- if and (not .Values.security.open) (or .Values.security.existingSecret (not .Values.security.jwt.issuerUri)) -}}true{{- end -}}
{{- end -}}
{{- define "sonde.makesToken" -}}
{{- if and (include "sonde.hasTokens" .) (not .Values.security.existingSecret) -}}true{{- end -}}
{{- end -}}

{{- define "sonde.scheme" -}}
{{- ternary "HTTPS" "HTTP" (not (empty .Values.tls.existingSecret)) -}}
{{- end -}}

{{- define "sonde.hasVolume" -}}
{{- if and .Values.persistence.enabled (not .Values.database.url) (not (include "sonde.isDaemonSet" .)) -}}true{{- end -}}
{{- end -}}

{{- /* Whether there are several replicas, and whether the chart has to make their certificate. */ -}}
{{- define "sonde.isClustered" -}}
{{- if gt (int .Values.replicas) 1 -}}true{{- end -}}
{{- end -}}
{{- define "sonde.memberSecret" -}}
{{- .Values.cluster.existingSecret | default (printf "%s-members" (include "sonde.fullname" .)) -}}
{{- end -}}
{{- define "sonde.makesMemberSecret" -}}
{{- if and (include "sonde.isClustered" .) (not .Values.cluster.existingSecret) -}}true{{- end -}}
{{- end -}}
{{- /* Whether the authority's key is in a Secret, and whether the chart has to make it. */ -}}
{{- define "sonde.hasAuthoritySecret" -}}
{{- if or (default dict .Values.authority).existingSecret .Values.database.url -}}true{{- end -}}
{{- end -}}
{{- define "sonde.authoritySecret" -}}
{{- (default dict .Values.authority).existingSecret | default (printf "%s-authority" (include "sonde.fullname" .)) -}}
{{- end -}}
{{- /* Names that stay: replicas come back to their volumes, or to the listeners that they had. */ -}}
{{- define "sonde.isStateful" -}}
{{- if not (include "sonde.isDaemonSet" .) -}}
{{- if or (include "sonde.hasVolume" .) (include "sonde.isClustered" .) -}}true{{- end -}}
{{- end -}}
{{- end -}}
{{- define "sonde.workloadKind" -}}
{{- if include "sonde.isDaemonSet" . -}}DaemonSet
{{- else -}}{{- ternary "StatefulSet" "Deployment" (not (empty (include "sonde.isStateful" .))) -}}
{{- end -}}
{{- end -}}

{{- /* The text of application.yaml: the chart's settings, overridden by "config". */ -}}
{{- define "sonde.config" -}}
{{- $security := dict "open" .Values.security.open "prometheus-open" .Values.security.prometheusOpen "probe-open" .Values.security.probeOpen -}}
{{- with .Values.security.jwt -}}
{{- if .issuerUri -}}
{{- $_ := set $security "jwt" (dict "roles-claim" .rolesClaim "role-prefix" .rolePrefix) -}}
{{- end -}}
{{- end -}}
{{- $sonde := dict "security" $security "policy" (dict "targets" (dict "allow" .Values.policy.allow "deny" .Values.policy.deny)) -}}
{{- if .Values.listeners.enabled -}}
{{- $ports := printf "%d-%d" (int .Values.listeners.from) (int .Values.listeners.to) -}}
{{- $_ := set $sonde.policy "binds" (dict "allow" (list (printf "0.0.0.0/0:%s" $ports) (printf "[::/0]:%s" $ports))) -}}
{{- end -}}
{{- if include "sonde.hasModules" . -}}
{{- $_ := set $sonde "modules" (dict "file" "/etc/sonde/modules/modules.yaml") -}}
{{- end -}}
{{- if include "sonde.hasDefinitions" . -}}
{{- $_ := set $sonde "definitions" (dict "files" (list "/etc/sonde/definitions")) -}}
{{- end -}}
{{- if include "sonde.isClustered" . -}}
{{- $_ := set $sonde "cluster" (dict "enabled" true "port" (int .Values.cluster.port) "forward-port" (int (.Values.cluster.forwardPort | default 7801)) "tls-bundle" "members") -}}
{{- end -}}
{{- with .Values.notifications -}}
{{- $_ := set $sonde "notifications" (deepCopy .) -}}
{{- end -}}
{{- if include "sonde.hasAuthoritySecret" . -}}
{{- $_ := set $sonde "authority" (dict "key-file" "/etc/sonde/authority/authority.key") -}}
{{- end -}}
{{- $all := dict "sonde" $sonde "logging" (dict "structured" (dict "format" (dict "console" "ecs"))) -}}
{{- $spring := dict -}}
{{- $bundles := dict -}}
{{- if .Values.tls.existingSecret -}}
{{- $_ := set $all "server" (dict "ssl" (dict "bundle" "web")) -}}
{{- $store := dict "certificate" "/etc/sonde/tls/tls.crt" "private-key" "/etc/sonde/tls/tls.key" -}}
{{- $_ := set $bundles "web" (dict "reload-on-update" true "verify-keys" true "keystore" $store) -}}
{{- end -}}
{{- if include "sonde.isClustered" . -}}
{{- $store := dict "certificate" "/etc/sonde/members/tls.crt" "private-key" "/etc/sonde/members/tls.key" -}}
{{- $_ := set $bundles "members" (dict "reload-on-update" true "verify-keys" true "keystore" $store "truststore" (dict "certificate" "/etc/sonde/members/ca.crt")) -}}
{{- end -}}
{{- if $bundles -}}
{{- $_ := set $spring "ssl" (dict "bundle" (dict "pem" $bundles)) -}}
{{- end -}}
{{- with .Values.security.jwt -}}
{{- if .issuerUri -}}
{{- $jwt := dict "issuer-uri" .issuerUri -}}
{{- if .audiences -}}{{- $_ := set $jwt "audiences" .audiences -}}{{- end -}}
{{- $_ := set $spring "security" (dict "oauth2" (dict "resourceserver" (dict "jwt" $jwt))) -}}
{{- end -}}
{{- end -}}
{{- if .Values.database.url -}}
{{- $_ := set $spring "datasource" (dict "url" .Values.database.url) -}}
{{- if include "sonde.isClustered" . -}}
{{- $_ := set $spring.datasource "hikari" (dict "connection-timeout" 3000) -}}
{{- end -}}
{{- end -}}
{{- if $spring -}}{{- $_ := set $all "spring" $spring -}}{{- end -}}
{{- toYaml (mergeOverwrite $all (omit (deepCopy .Values.config) "modules")) -}}
{{- end -}}

{{- /* A policy rule "CIDR", "CIDR:port", "CIDR:from-to", "[v6]:ports" as YAML: cidr, from, to. */ -}}
{{- define "sonde.rule" -}}
{{- $block := . -}}{{- $ports := "" -}}
{{- if hasPrefix "[" . -}}
{{- $block = regexReplaceAll "^\\[([^\\]]*)\\].*$" . "${1}" -}}
{{- $ports = regexReplaceAll "^\\[[^\\]]*\\]:?" . "" -}}
{{- else if regexMatch "^[^:]*:[^:]*$" . -}}
{{- $block = regexReplaceAll ":.*$" . "" -}}
{{- $ports = regexReplaceAll "^.*:" . "" -}}
{{- end -}}
{{- if not (contains "/" $block) -}}
{{- $block = printf "%s/%s" $block (ternary "128" "32" (contains ":" $block)) -}}
{{- end -}}
cidr: {{ $block | quote }}
{{ if $ports -}}
from: {{ regexReplaceAll "-.*$" $ports "" }}
to: {{ regexReplaceAll "^.*-" $ports "" }}
{{- end -}}
{{- end -}}

{{- define "sonde.listenerPorts" -}}
{{- range $port := untilStep (int .Values.listeners.from) (int (add1 .Values.listeners.to)) 1 }}
- name: tcp-{{ $port }}
  port: {{ $port }}
  targetPort: {{ $port }}
{{- end }}
{{- end -}}

{{- /* Whether the second CIDR lies inside the first. Compares IPv4 by bits, IPv6 by full groups of its prefix. */ -}}
{{- define "sonde.contains" -}}
{{- $outer := splitList "/" (index . 0) -}}{{- $inner := splitList "/" (index . 1) -}}
{{- $bits := int (index $outer 1) -}}
{{- if le $bits (int (index $inner 1)) -}}
{{- if and (contains "." (index $outer 0)) (contains "." (index $inner 0)) -}}
{{- if hasPrefix (include "sonde.bits4" (index $outer 0) | trunc $bits) (include "sonde.bits4" (index $inner 0)) -}}true{{- end -}}
{{- else if and (contains ":" (index $outer 0)) (contains ":" (index $inner 0)) -}}
{{- if hasPrefix (include "sonde.bits6" (index $outer 0) | trunc $bits) (include "sonde.bits6" (index $inner 0)) -}}true{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- define "sonde.bits4" -}}
{{- range splitList "." . -}}
{{- $octet := int . -}}
{{- range $power := list 128 64 32 16 8 4 2 1 -}}
{{- mod (div $octet $power) 2 -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- define "sonde.bits6" -}}
{{- $sides := splitList "::" . -}}
{{- $head := compact (splitList ":" (first $sides)) -}}
{{- $tail := list -}}
{{- if gt (len $sides) 1 -}}{{- $tail = compact (splitList ":" (last $sides)) -}}{{- end -}}
{{- $groups := $head -}}
{{- range until (int (sub 8 (add (len $head) (len $tail)))) -}}{{- $groups = append $groups "0" -}}{{- end -}}
{{- $nibbles := dict "0" "0000" "1" "0001" "2" "0010" "3" "0011" "4" "0100" "5" "0101" "6" "0110" "7" "0111" "8" "1000" "9" "1001" "a" "1010" "b" "1011" "c" "1100" "d" "1101" "e" "1110" "f" "1111" -}}
{{- range concat $groups $tail -}}
{{- range splitList "" (printf "%04s" (lower .) | replace " " "0") -}}
{{- get $nibbles . -}}
{{- end -}}
{{- end -}}
{{- end -}}
