{{- /* The pod of Sonde: what the workload runs. */ -}}
{{- define "sonde.pod" -}}
serviceAccountName: {{ include "sonde.serviceAccount" . }}
automountServiceAccountToken: {{ .Values.definitions.rbac.create }}
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
{{- range $field := list "priorityClassName" "runtimeClassName" "schedulerName" }}
{{- with index $.Values $field }}
{{ $field }}: {{ . }}
{{- end }}
{{- end }}
{{- if .Values.hostNetwork }}
hostNetwork: true
{{- end }}
{{- with .Values.dnsPolicy | default (ternary "ClusterFirstWithHostNet" "" .Values.hostNetwork) }}
dnsPolicy: {{ . }}
{{- end }}
{{- range $field := list "dnsConfig" "hostAliases" }}
{{- with index $.Values $field }}
{{ $field }}: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- include "sonde.pullSecrets" . }}
securityContext: {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.extraInitContainers }}
initContainers: {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - {{- include "sonde.container" . | nindent 4 }}
  {{- with .Values.extraContainers }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
volumes: {{- include "sonde.volumes" . | nindent 2 }}
{{- with .Values.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- range . }}
  - {{- toYaml . | nindent 4 }}
    {{- if not .labelSelector }}
    labelSelector:
      matchLabels: {{- include "sonde.selector" $ | nindent 8 }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $field := list "nodeSelector" "tolerations" "affinity" }}
{{- with index $.Values $field }}
{{ $field }}: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "sonde.container" -}}
name: sonde
image: {{ include "sonde.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext: {{- toYaml .Values.securityContext | nindent 2 }}
{{- with .Values.extraArgs }}
args: {{- toYaml . | nindent 2 }}
{{- end }}
env: {{- include "sonde.env" . | nindent 2 }}
{{- with .Values.extraEnvFrom }}
envFrom: {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  - name: http
    containerPort: 8080
  {{- if include "sonde.isClustered" . }}
  - name: members
    containerPort: {{ .Values.cluster.port }}
  - name: forward
    containerPort: {{ (.Values.cluster.forwardPort | default 7801) }}
  {{- end }}
  {{- if .Values.listeners.enabled }}
  {{- range $port := untilStep (int .Values.listeners.from) (int (add1 .Values.listeners.to)) 1 }}
  - name: tcp-{{ $port }}
    containerPort: {{ $port }}
  {{- end }}
  {{- end }}
{{- range $kind, $path := dict "startup" "liveness" "liveness" "liveness" "readiness" "readiness" }}
{{ $kind }}Probe:
  httpGet:
    path: /actuator/health/{{ $path }}
    port: http
    scheme: {{ include "sonde.scheme" $ }}
  {{- toYaml (index $.Values.probes $kind) | nindent 2 }}
{{- end }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ .Values.preStopSeconds }}
resources: {{- toYaml .Values.resources | nindent 2 }}
volumeMounts: {{- include "sonde.mounts" . | nindent 2 }}
{{- end -}}

{{- define "sonde.env" -}}
- name: SPRING_CONFIG_ADDITIONAL_LOCATION
  value: "file:/etc/sonde/config/{{ if include "sonde.hasTokens" . }},file:/etc/sonde/tokens/{{ end }}"
- name: SONDE_REPLICA
  valueFrom:
    fieldRef:
      fieldPath: {{ ternary "spec.nodeName" "metadata.name" (not (empty (include "sonde.isDaemonSet" .))) }}
{{- if include "sonde.isClustered" . }}
- name: SONDE_CLUSTER_BIND_ADDRESS
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
{{- /* A name of the headless Service stays over restarts. The API's certificate should hold it. */}}
- name: SONDE_CLUSTER_URL
  value: "{{ include "sonde.scheme" . | lower }}://$(SONDE_REPLICA).{{ include "sonde.fullname" . }}-pods.{{ include "sonde.namespace" . }}.svc:8080"
{{- end }}
{{- with .Values.database.existingSecret }}
- name: SPRING_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: username
- name: SPRING_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: password
{{- end }}
{{- with .Values.jvmOptions }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- if kindIs "map" .Values.extraEnv }}
{{- range $name, $value := .Values.extraEnv }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- else }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "sonde.mounts" -}}
- name: tmp
  mountPath: /tmp
- name: data
  mountPath: /data
- name: config
  mountPath: /etc/sonde/config
  readOnly: true
{{- if include "sonde.hasTokens" . }}
- name: tokens
  mountPath: /etc/sonde/tokens
  readOnly: true
{{- end }}
{{- if .Values.tls.existingSecret }}
- name: tls
  mountPath: /etc/sonde/tls
  readOnly: true
{{- end }}
{{- if include "sonde.isClustered" . }}
- name: members
  mountPath: /etc/sonde/members
  readOnly: true
{{- end }}
{{- if include "sonde.hasAuthoritySecret" . }}
- name: authority
  mountPath: /etc/sonde/authority
  readOnly: true
{{- end }}
{{- if include "sonde.hasModules" . }}
- name: modules
  mountPath: /etc/sonde/modules
  readOnly: true
{{- end }}
{{- if include "sonde.hasDefinitions" . }}
- name: definitions
  mountPath: /etc/sonde/definitions
  readOnly: true
{{- end }}
{{- range concat .Values.extraConfigmapMounts .Values.extraSecretMounts }}
- name: {{ .name }}
  mountPath: {{ .mountPath }}
  readOnly: {{ ternary .readOnly true (hasKey . "readOnly") }}
  {{- with .subPath }}
  subPath: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "sonde.volumes" -}}
- name: tmp
  emptyDir:
    medium: Memory
    sizeLimit: 64Mi
{{- if not (include "sonde.hasVolume" .) }}
- name: data
  emptyDir: {}
{{- else if .Values.persistence.existingClaim }}
- name: data
  persistentVolumeClaim:
    claimName: {{ .Values.persistence.existingClaim }}
{{- end }}
- name: config
  {{- if .Values.secretConfig }}
  secret:
    secretName: {{ include "sonde.fullname" . }}-config
  {{- else }}
  configMap:
    name: {{ include "sonde.fullname" . }}
  {{- end }}
{{- if include "sonde.hasTokens" . }}
- name: tokens
  secret:
    secretName: {{ include "sonde.tokenSecret" . }}
    items:
      - key: tokens.yaml
        path: application.yaml
{{- end }}
{{- with .Values.tls.existingSecret }}
- name: tls
  secret:
    secretName: {{ . }}
{{- end }}
{{- if include "sonde.isClustered" . }}
- name: members
  secret:
    secretName: {{ include "sonde.memberSecret" . }}
{{- end }}
{{- if include "sonde.hasAuthoritySecret" . }}
- name: authority
  secret:
    secretName: {{ include "sonde.authoritySecret" . }}
{{- end }}
{{- if include "sonde.hasModules" . }}
- name: modules
  {{- if .Values.modulesExistingSecret }}
  secret:
    secretName: {{ .Values.modulesExistingSecret }}
  {{- else if .Values.modulesExistingConfigMap }}
  configMap:
    name: {{ .Values.modulesExistingConfigMap }}
  {{- else if .Values.secretConfig }}
  secret:
    secretName: {{ include "sonde.fullname" . }}-modules
  {{- else }}
  configMap:
    name: {{ include "sonde.fullname" . }}-modules
  {{- end }}
{{- end }}
{{- if include "sonde.hasDefinitions" . }}
- name: definitions
  {{- if .Values.definitions.existingConfigMap }}
  configMap:
    name: {{ .Values.definitions.existingConfigMap }}
  {{- else if .Values.secretConfig }}
  secret:
    secretName: {{ include "sonde.fullname" . }}-definitions
  {{- else }}
  configMap:
    name: {{ include "sonde.fullname" . }}-definitions
  {{- end }}
{{- end }}
{{- range .Values.extraConfigmapMounts }}
- name: {{ .name }}
  configMap:
    name: {{ .configMap }}
    {{- with .defaultMode }}
    defaultMode: {{ . }}
    {{- end }}
{{- end }}
{{- range .Values.extraSecretMounts }}
- name: {{ .name }}
  secret:
    secretName: {{ .secretName }}
    {{- with .defaultMode }}
    defaultMode: {{ . }}
    {{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}
