{{- /* Metadata of a monitor: the context, a suffix of the name, further labels. */ -}}
{{- define "sonde.monitorMetadata" -}}
{{- $context := index . 0 -}}
name: {{ include "sonde.fullname" $context }}{{ index . 1 }}
namespace: {{ $context.Values.serviceMonitor.namespace | default (include "sonde.namespace" $context) }}
labels:
  {{- include "sonde.labels" $context | nindent 2 }}
  {{- with merge (dict) (index . 2) $context.Values.serviceMonitor.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "sonde.monitorSelector" -}}
{{- with .Values.serviceMonitor.jobLabel }}
jobLabel: {{ . }}
{{- end }}
namespaceSelector:
  matchNames: [{{ include "sonde.namespace" . }}]
selector:
  matchLabels:
    {{- include "sonde.selector" . | nindent 4 }}
    app.kubernetes.io/component: api
{{- end -}}

{{- /* Scheme, TLS and token of an endpoint: the context, its settings, the value that opens it, the value that names a
token, the role of the chart's own token. */ -}}
{{- define "sonde.endpoint" -}}
{{- $context := index . 0 -}}{{- $monitor := $context.Values.serviceMonitor -}}
scheme: {{ include "sonde.scheme" $context | lower }}
{{- with (index . 1).scrapeTimeout | default $monitor.scrapeTimeout }}
scrapeTimeout: {{ . }}
{{- end }}
{{- if $monitor.honorLabels }}
honorLabels: true
{{- end }}
{{- if $monitor.tlsConfig }}
tlsConfig: {{- toYaml $monitor.tlsConfig | nindent 2 }}
{{- else if $context.Values.tls.existingSecret }}
tlsConfig:
  ca:
    secret:
      name: {{ $context.Values.tls.existingSecret }}
      key: ca.crt
  serverName: {{ include "sonde.fullname" $context }}.{{ include "sonde.namespace" $context }}.svc
{{- end }}
{{- if not (index $context.Values.security (index . 2)) }}
{{- with index $monitor (index . 3) }}
authorization:
  credentials: {{- toYaml . | nindent 4 }}
{{- else }}
{{- if include "sonde.makesToken" $context }}
authorization:
  credentials:
    name: {{ include "sonde.tokenSecret" $context }}-{{ index . 4 }}
    key: token
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
