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
{{- end -}}

{{- define "sonde.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
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
{{- if and .Values.persistence.enabled (not .Values.database.url) -}}true{{- end -}}
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
{{- /* Names that stay: replicas come back to their volumes, or to the listeners that they had. */ -}}
{{- define "sonde.isStateful" -}}
{{- if or (include "sonde.hasVolume" .) (include "sonde.isClustered" .) -}}true{{- end -}}
{{- end -}}

{{- /* What application.yaml says: the chart's settings, and over them whatever "config" has. */ -}}
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
{{- if .Values.modules -}}
{{- $_ := set $sonde "modules" (dict "file" "/etc/sonde/modules/modules.yaml") -}}
{{- end -}}
{{- if include "sonde.isClustered" . -}}
{{- $_ := set $sonde "cluster" (dict "enabled" true "port" (int .Values.cluster.port) "tls-bundle" "members") -}}
{{- end -}}
{{- $all := dict "sonde" $sonde "logging" (dict "structured" (dict "format" (dict "console" "ecs"))) -}}
{{- $spring := dict -}}
{{- $bundles := dict -}}
{{- if .Values.tls.existingSecret -}}
{{- $_ := set $all "server" (dict "ssl" (dict "bundle" "web")) -}}
{{- $store := dict "certificate" "/etc/sonde/tls/tls.crt" "private-key" "/etc/sonde/tls/tls.key" -}}
{{- $_ := set $bundles "web" (dict "reload-on-update" true "keystore" $store) -}}
{{- end -}}
{{- if include "sonde.isClustered" . -}}
{{- $store := dict "certificate" "/etc/sonde/members/tls.crt" "private-key" "/etc/sonde/members/tls.key" -}}
{{- $_ := set $bundles "members" (dict "reload-on-update" true "keystore" $store "truststore" (dict "certificate" "/etc/sonde/members/ca.crt")) -}}
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
{{- toYaml (mergeOverwrite $all (deepCopy .Values.config)) -}}
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
