{{- /* The groups of rules/sonde.yaml without disabled alerts, each with its runbook, and the groups of the values. */ -}}
{{- define "sonde.ruleGroups" -}}
{{- $values := .Values.prometheusRule -}}
{{- $groups := list -}}
{{- range (.Files.Get "rules/sonde.yaml" | fromYaml).groups -}}
{{- $rules := list -}}
{{- range .rules -}}
{{- if and .alert (not (has .alert $values.disabled)) -}}
{{- $_ := set .annotations "runbook_url" (printf "%s%s" $values.runbookUrl (lower .alert)) -}}
{{- $rules = append $rules . -}}
{{- end -}}
{{- end -}}
{{- with $rules -}}{{- $groups = append $groups (dict "name" "sonde" "rules" .) -}}{{- end -}}
{{- end -}}
{{- with $values.rules -}}{{- $groups = append $groups (dict "name" "sonde.extra" "rules" .) -}}{{- end -}}
{{- toYaml (dict "groups" $groups) -}}
{{- end -}}
