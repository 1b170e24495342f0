/** Collections without a namespace that specs of the suite make objects in (kubernetes/kubernetes test/e2e). */
export const touchedCollections = [
  ["apiextensions.k8s.io", "v1", "customresourcedefinitions"],
  ["apiregistration.k8s.io", "v1", "apiservices"],
  ["admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations"],
  ["admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations"],
  ["admissionregistration.k8s.io", "v1", "validatingadmissionpolicies"],
  ["admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings"],
  ["rbac.authorization.k8s.io", "v1", "clusterroles"],
  ["rbac.authorization.k8s.io", "v1", "clusterrolebindings"],
  ["scheduling.k8s.io", "v1", "priorityclasses"],
  ["node.k8s.io", "v1", "runtimeclasses"],
  ["storage.k8s.io", "v1", "storageclasses"],
] as const;
