{{- define "shedmaster.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "shedmaster.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains (include "shedmaster.name" .) .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "shedmaster.name" .) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "shedmaster.selectorLabels" -}}
app.kubernetes.io/name: {{ include "shedmaster.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "shedmaster.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "shedmaster.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/component: operator
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "shedmaster.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "shedmaster.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name: name the ServiceAccount to use, or set serviceAccount.create" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "shedmaster.leaseName" -}}
{{- default (include "shedmaster.fullname" .) .Values.leaderElection.leaseName -}}
{{- end -}}

{{- define "shedmaster.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The namespaces to watch as a JSON list, each once; empty means all of the cluster. */}}
{{- define "shedmaster.watchNamespaces" -}}
{{- $namespaces := list -}}
{{- range .Values.watchNamespaces -}}
{{- $namespaces = append $namespaces (tpl . $) -}}
{{- end -}}
{{- $namespaces | uniq | toJson -}}
{{- end -}}

{{/* The operator's command line. Its flags are named here and nowhere else. */}}
{{- define "shedmaster.arguments" -}}
- run
{{- with .Values.installation }}
- --installation={{ . }}
{{- end }}
{{- with include "shedmaster.watchNamespaces" . | fromJsonArray }}
- --namespaces={{ join "," . }}
{{- end }}
{{- if .Values.leaderElection.enabled }}
- --leader-election
- --lease-name={{ include "shedmaster.leaseName" . }}
{{- else }}
- --no-leader-election
{{- end }}
- --http-port={{ .Values.http.port }}
- --log-format={{ .Values.log.format }}
{{- end -}}

{{/* What the operator does in each namespace that it watches. */}}
{{- define "shedmaster.watchedRules" -}}
# The objects that people write: it adds its finalizer to them.
- apiGroups: [shedmaster.dev]
  resources: [workerpools, jenkinsservers, azuresubscriptions, hetzneraccounts, baremetalhosts]
  verbs: [get, list, watch, update, patch]
- apiGroups: [shedmaster.dev]
  resources: [workerpools/status, jenkinsservers/status, azuresubscriptions/status, hetzneraccounts/status, baremetalhosts/status]
  verbs: [get, update, patch]
# Pools own their workers: clusters that check blockOwnerDeletion ask for this.
- apiGroups: [shedmaster.dev]
  resources: [workerpools/finalizers]
  verbs: [update]
# The objects that it writes itself.
- apiGroups: [shedmaster.dev]
  resources: [workers]
  verbs: [get, list, watch, create, update, patch, delete]
- apiGroups: [shedmaster.dev]
  resources: [workers/status]
  verbs: [get, update, patch]
# Credentials and templates that those objects refer to, each read and watched by its name.
- apiGroups: [""]
  resources: [secrets]
  {{- with .Values.secrets.names }}
  resourceNames: {{ toJson . }}
  {{- end }}
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [configmaps]
  {{- with .Values.configMaps.names }}
  resourceNames: {{ toJson . }}
  {{- end }}
  verbs: [get, list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end -}}
