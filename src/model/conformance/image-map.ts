/** Registries that stand in for others where nodes cannot reach the public ones. */

/** Everything below `from` is found below `to`: `registry.k8s.io` or `registry.k8s.io/e2e-test-images`. */
export interface ImageMapping {
  readonly from: string;
  readonly to: string;
}

const host = "[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\\d{1,5})?";
const segment = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
const prefix = `${host}(?:/${segment}){0,20}`;
const mappingPattern = new RegExp(`^(${prefix})=(${prefix})$`);
const referencePattern = new RegExp(`^${prefix}(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`);

/** `FROM=TO`, both a registry or a folder in one; undefined for anything else. */
export function parseImageMapping(text: string): ImageMapping | undefined {
  const match = text.length > 1000 ? null : mappingPattern.exec(text);
  return match?.[1] !== undefined && match[2] !== undefined ? { from: match[1], to: match[2] } : undefined;
}

/** Whether a text can name an image: registry, path, tag, digest (docker/distribution reference grammar, host required). */
export const isImageReference = (text: string): boolean =>
  text.length <= 500 && text.includes("/") && referencePattern.test(text);

/** The same image where the map says it is; the longest match counts. */
export function mappedImage(reference: string, map: readonly ImageMapping[]): string {
  const fitting = map.filter(({ from }) => reference === from || reference.startsWith(`${from}/`));
  const [best] = fitting.sort((a, b) => b.from.length - a.from.length);
  return best === undefined ? reference : best.to + reference.slice(best.from.length);
}

/**
 * Registries that the e2e suite takes images from, by the key of its list (kubernetes/kubernetes,
 * test/utils/image/manifest.go). `invalidRegistry` and `privateRegistry` are meant to fail and stay.
 */
const suiteRegistries: { readonly [key: string]: string } = {
  buildImageRegistry: "registry.k8s.io/build-image",
  cloudProviderGcpRegistry: "registry.k8s.io/cloud-provider-gcp",
  dockerLibraryRegistry: "docker.io/library",
  gcEtcdRegistry: "registry.k8s.io",
  gcRegistry: "registry.k8s.io",
  promoterE2eRegistry: "registry.k8s.io/e2e-test-images",
  sigStorageRegistry: "registry.k8s.io/sig-storage",
};

/** The file that `KUBE_TEST_REPO_LIST` names, YAML; undefined when the map changes none of the suite's registries. */
export function suiteRepositoryList(map: readonly ImageMapping[]): string | undefined {
  const lines = Object.entries(suiteRegistries).flatMap(([key, registry]) => {
    const mapped = mappedImage(registry, map);
    return mapped === registry ? [] : [`${key}: "${mapped}"\n`];
  });
  return lines.length === 0 ? undefined : lines.join("");
}
