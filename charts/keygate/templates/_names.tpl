{{- /* What every object is labelled with; the names of objects are fixed, because there is one Keygate in a cluster. */}}
{{- define "keygate.labels" -}}
app.kubernetes.io/name: keygate-operator
app.kubernetes.io/part-of: keygate
{{- end }}

{{- /* The reference of an image: (list image fallbackTag). */}}
{{- define "keygate.image" -}}
{{- $image := index . 0 -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default (index . 1) }}
{{- end -}}
{{- end }}

{{- define "keygate.sidecarImage" -}}
{{ include "keygate.image" (list .Values.sidecar.image .Chart.AppVersion) }}
{{- end }}
