{{- /* The groups of rules/sonde.yaml without disabled alerts, each with its runbook, link, threshold, wait and severity, and the groups of the values. */ -}}
{{- define "sonde.ruleGroups" -}}
{{- $values := .Values.prometheusRule -}}
{{- $groups := list -}}
{{- $known := list -}}
{{- range (.Files.Get "rules/sonde.yaml" | fromYaml).groups -}}
{{- $rules := list -}}
{{- range .rules -}}
{{- $known = append $known .alert -}}
{{- if not (has .alert $values.disabled) -}}
{{- $rules = append $rules (include "sonde.alert" (list $values .) | fromYaml) -}}
{{- end -}}
{{- end -}}
{{- with $rules -}}{{- $groups = append $groups (dict "name" "sonde" "rules" .) -}}{{- end -}}
{{- end -}}
{{- range concat $values.disabled (keys $values.thresholds) (keys $values.for) (keys $values.severity) -}}
{{- if not (has . $known) -}}
{{- fail (printf "prometheusRule: no alert has the name %s; known are %s" . (join ", " $known)) -}}
{{- end -}}
{{- end -}}
{{- with $values.rules -}}{{- $groups = append $groups (dict "name" "sonde.extra" "rules" .) -}}{{- end -}}
{{- toYaml (dict "groups" $groups) -}}
{{- end -}}

{{- /* One alert: (list values rule). The threshold is the number at the end of the expression. */ -}}
{{- define "sonde.alert" -}}
{{- $values := index . 0 -}}
{{- $rule := index . 1 -}}
{{- $alert := $rule.alert -}}
{{- $expr := $rule.expr -}}
{{- if hasKey $values.thresholds $alert -}}
{{- $expr = regexReplaceAll "[0-9.]+$" $expr (toString (get $values.thresholds $alert)) -}}
{{- end -}}
{{- $_ := set $rule "expr" ($expr | replace "group_left (team)" (printf "group_left (%s)" (join ", " $values.probeLabels))) -}}
{{- with get $values.for $alert -}}{{- $_ := set $rule "for" . -}}{{- end -}}
{{- with get $values.severity $alert -}}{{- $_ := set $rule.labels "severity" . -}}{{- end -}}
{{- with $values.runbookUrl -}}
{{- $_ := set $rule.annotations "runbook_url" (printf "%s%s" . (lower $alert)) -}}
{{- end -}}
{{- with $values.pageUrl -}}
{{- $place := contains "$labels.probe" $rule.annotations.summary | ternary "#/probe/{{ $labels.probe }}" "" -}}
{{- $_ := set $rule.annotations "page_url" (printf "%s/%s" (trimSuffix "/" .) $place) -}}
{{- end -}}
{{- toYaml $rule -}}
{{- end -}}
